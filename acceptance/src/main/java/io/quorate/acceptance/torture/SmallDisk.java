package io.quorate.acceptance.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A small file system in memory that holds the data of one worker and can be filled up. */
final class SmallDisk implements AutoCloseable {
    private static final int SIZE_MIB = 384;
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Why this machine can have none; empty when it may have. */
    static Optional<String> missing() {
        if (!SystemCommand.isRoot()) {
            return Optional.of("mounting a small file system needs root");
        }
        return SystemCommand.exists("mount") ? Optional.empty() : Optional.of("the program 'mount' is not on the PATH");
    }

    /** Mounts one; throws {@link IllegalStateException} with the reason when the machine refuses. */
    static SmallDisk mount(RunTag tag, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SystemCommand.must(
                "mount", "-t", "tmpfs", "-o", "mode=700,size=" + SIZE_MIB + "m", tag.text(), folder.toString());
        return new SmallDisk(folder);
    }

    /** Leaves at most so many bytes free; what others free meanwhile is not taken again. */
    void fill(long leftBytes) {
        ByteBuffer zeros = ByteBuffer.allocate(CHUNK_BYTES);
        try (FileChannel out = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.position(out.size());
            for (int i = 0; i < SIZE_MIB; i++) {
                long freeBytes = folder.toFile().getUsableSpace();
                if (freeBytes <= leftBytes) {
                    return;
                }
                out.write(zeros.clear().limit((int) Math.min(CHUNK_BYTES, freeBytes - leftBytes)));
            }
        } catch (IOException full) {
            // No space left is what was wanted.
        }
    }

    /** Frees what {@link #fill} took. */
    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        SystemCommand.run("umount", "-l", folder.toString());
    }
}
