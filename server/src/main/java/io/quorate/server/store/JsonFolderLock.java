package io.quorate.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps a second store, in this process or another, out of a folder; the system releases it when the process ends. */
final class JsonFolderLock {
    private final FileChannel file;

    private JsonFolderLock(FileChannel file) {
        this.file = file;
    }

    /** Makes the folders and takes the lock; refused when somebody has it. */
    static JsonFolderLock take(JsonFolders folders) throws StoreRefusedException {
        try {
            folders.create();
            FileChannel file = FileChannel.open(folders.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(file)) {
                file.close();
                throw new StoreRefusedException("the store in " + folders.root()
                        + " is in use by another process, or twice in this one: stop that first, or choose another"
                        + " DATA_DIR");
            }
            return new JsonFolderLock(file);
        } catch (IOException e) {
            throw new StoreRefusedException("the folder " + folders.root() + " cannot be used: " + e, e);
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    void release() {
        Closing.quietly(file);
    }
}
