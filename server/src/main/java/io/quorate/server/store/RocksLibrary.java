package io.quorate.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/** RocksDB's native library, loaded once from an unpacked copy. */
final class RocksLibrary {
    private static boolean loaded;

    private RocksLibrary() {}

    static synchronized void load() throws StoreRefusedException {
        if (loaded) {
            return;
        }
        try {
            Path copy = Files.createTempDirectory("quorate-rocksdb-");
            try {
                NativeLibraryLoader.getInstance().loadLibrary(copy.toString());
            } finally {
                // What is loaded stays mapped; RocksDB itself would leave the copy behind when the process is killed.
                delete(copy);
            }
            RocksDB.loadLibrary();
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new StoreRefusedException(
                    "RocksDB's native library cannot be unpacked to " + System.getProperty("java.io.tmpdir")
                            + " and loaded from there: " + e.getMessage()
                            + "; name a folder that has room and allows programs with -Djava.io.tmpdir=FOLDER",
                    e);
        }
        loaded = true;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
