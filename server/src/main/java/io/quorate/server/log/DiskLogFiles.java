package io.quorate.server.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A log's folder on a real disk. */
final class DiskLogFiles implements LogFiles {
    private final Path folder;
    private final FileStore store;
    private final Optional<OpenOption> direct;
    private final Set<Path> foldersWithin = new HashSet<>();

    private DiskLogFiles(Path folder, FileStore store, Optional<OpenOption> direct) {
        this.folder = folder;
        this.store = store;
        this.direct = direct;
    }

    /** Makes the folder if it is not there and finds out how it can be written to. */
    static DiskLogFiles in(Path folder, DirectWrites writes) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            Files.createDirectories(absolute);
            Path parent = absolute.getParent();
            if (parent != null) {
                sync(parent);
            }
        }
        Optional<OpenOption> direct = switch (writes) {
            case NEVER -> Optional.empty();
            case WHEN_POSSIBLE -> DirectProbe.workingIn(absolute);
        };
        return new DiskLogFiles(absolute, Files.getFileStore(absolute), direct);
    }

    boolean isDirect() {
        return direct.isPresent();
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public SegmentFile open(String name) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        if (isDirect()) {
            options.add(StandardOpenOption.DSYNC);
        }
        return new DiskSegmentFile(channel(name, options), isDirect());
    }

    /** Filled through the page cache or around it like the blocks later on, but synced once instead of at each write. */
    @Override
    public SegmentFile create(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
        return new DiskSegmentFile(
                channel(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)), false);
    }

    @Override
    public void rename(String name, String newName) throws IOException {
        Path source = folder.resolve(name);
        Path target = folder.resolve(newName);
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        foldersWithin.remove(source);
        Path targetFolder = target.getParent();
        if (targetFolder != null && !targetFolder.equals(folder)) {
            foldersWithin.add(targetFolder);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void createFolder(String name) throws IOException {
        foldersWithin.add(Files.createDirectories(folder.resolve(name)));
    }

    @Override
    public void sync() throws IOException {
        for (Path within : foldersWithin) {
            sync(within);
        }
        sync(folder);
    }

    @Override
    public long freeBytes() {
        try {
            return store.getUsableSpace();
        } catch (IOException unknown) {
            return -1;
        }
    }

    private FileChannel channel(String name, Set<OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        direct.ifPresent(all::add);
        return FileChannel.open(folder.resolve(name), all);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
