package io.quorate.server.metadata;

import io.quorate.server.metadata.SnapshotFormatV1.Snapshot;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;

/**
 * The snapshots in one controller's folder.
 *
 * <p>A snapshot is written beside its final name and renamed when it is on disk: another controller may be sent
 * whatever stands under a final name.
 */
final class SnapshotFiles {
    private static final String UNFINISHED = ".unfinished";

    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();

    SimpleStateMachineStorage storage() {
        return storage;
    }

    /** Finds the folder, removes what a stop in the middle of writing left, and finishes what it left nearly done. */
    void open(RaftStorage raftStorage) throws IOException {
        Path folder = raftStorage.getStorageDir().getStateMachineDir().toPath();
        Files.createDirectories(folder);
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(UNFINISHED)) {
                Files.delete(file);
            } else if (SimpleStateMachineStorage.SNAPSHOT_REGEX.matcher(name).matches()) {
                digest(file.toFile());
            }
        }
        storage.init(raftStorage);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /**
     * The newest snapshot, checked and surely on disk; an exception when it is damaged, since the log that would go on
     * from an older one is gone.
     */
    Optional<Snapshot> newest() throws IOException {
        SingleFileSnapshotInfo info = storage.loadLatestSnapshot();
        if (info == null) {
            return Optional.empty();
        }
        Path file = info.getFile().getPath();
        Snapshot snapshot = read(file);
        if (snapshot.index() != info.getIndex() || snapshot.epoch() != info.getTerm()) {
            throw new IOException("Snapshot " + file + " was taken at another index than its name says");
        }
        sync(file, StandardOpenOption.WRITE);
        sync(folderOf(file), StandardOpenOption.READ);
        return Optional.of(snapshot);
    }

    private static Snapshot read(Path file) throws IOException {
        if (Files.size(file) > MetadataLogLimits.MAX_SNAPSHOT_BYTES + 1_024L) {
            throw new IOException("Snapshot " + file + " is larger than a snapshot can be");
        }
        return SnapshotFormatV1.decode(file, Files.readAllBytes(file));
    }

    void write(Snapshot snapshot) throws IOException {
        Path file = storage.getSnapshotFile(snapshot.epoch(), snapshot.index()).toPath();
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(SnapshotFormatV1.encode(snapshot));
            while (content.hasRemaining()) {
                out.write(content);
            }
            out.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        FileInfo published = new FileInfo(file, digest(file.toFile()));
        sync(folderOf(file), StandardOpenOption.READ);
        storage.updateLatestSnapshot(
                new SingleFileSnapshotInfo(published, TermIndex.valueOf(snapshot.epoch(), snapshot.index())));
    }

    /** The digest beside the file, with which it can be sent to other controllers; made when it is not there yet. */
    private static MD5Hash digest(File file) throws IOException {
        MD5Hash stored = MD5FileUtil.readStoredMd5ForFile(file);
        return stored == null ? MD5FileUtil.computeAndSaveMd5ForFile(file) : stored;
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("No folder holds " + file);
        }
        return folder;
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
