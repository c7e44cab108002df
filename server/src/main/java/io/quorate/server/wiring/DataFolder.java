package io.quorate.server.wiring;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process's data folder, held by one process at a time.
 *
 * <p>Everything that is not a key's own file stands under {@code .quorate}, so that a person who lists the folder sees
 * keys only.
 */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Makes the folder if need be and takes it; refused when another process, or this one, holds it already. */
    public static DataFolder open(Path root) throws StartRefusedException {
        Path own = root.resolve(".quorate");
        try {
            Files.createDirectories(own);
            FileChannel channel =
                    FileChannel.open(own.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockOf(channel);
            if (lock == null) {
                channel.close();
                throw taken(root);
            }
            return new DataFolder(root, channel, lock);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "Cannot use the data folder " + root + " (" + e + "): choose another with --data-dir or DATA_DIR.",
                    e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock lockOf(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static StartRefusedException taken(Path root) {
        return new StartRefusedException(
                "The data folder " + root
                        + " is in use by another process: stop that one, or choose another folder with --data-dir or DATA_DIR.");
    }

    /** Where keys' own files stand, if they have any. */
    public Path root() {
        return root;
    }

    /** A file or folder of the process's own. */
    public Path own(String name) {
        return root.resolve(".quorate").resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
