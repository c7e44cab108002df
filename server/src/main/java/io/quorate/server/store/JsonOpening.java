package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.wire.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.SortedSet;
import java.util.TreeSet;

/** What happens before a JSON store is used: its format is checked and what a crash interrupted is finished. */
final class JsonOpening {
    private JsonOpening() {}

    static void prepare(JsonFolders folders) throws IOException, StoreRefusedException {
        checkFormat(folders);
        checkLetters(folders);
        folders.clean();
        try {
            JsonInstall.finishAll(folders);
        } catch (MalformedException e) {
            throw StoreFormat.damaged(folders.root(), "a snapshot that was being installed", e);
        }
    }

    private static void checkFormat(JsonFolders folders) throws IOException, StoreRefusedException {
        if (Files.exists(folders.format())) {
            StoreFormat.check(Bytes.wrap(Files.readAllBytes(folders.format())), folders.root());
        } else if (!DurableFiles.list(folders.replicas()).isEmpty()) {
            throw StoreFormat.damaged(folders.root(), "its format record is missing", null);
        } else {
            DurableFiles.replace(folders.format(), StoreFormat.encode(StoreFormat.CURRENT));
            DurableFiles.syncFolder(folders.bookkeeping());
        }
    }

    /** Where A and a are the same file, one key would overwrite another. */
    private static void checkLetters(JsonFolders folders) throws StoreRefusedException {
        if (Files.exists(folders.bookkeeping().resolve("STORE.LOCK"))) {
            throw new StoreRefusedException("the file system of " + folders.root()
                    + " does not tell capital letters from small ones, STORAGE=json needs one that does: choose another"
                    + " DATA_DIR, or STORAGE=rocksdb");
        }
    }

    /** The partitions of which there is something on disk. */
    static SortedSet<Integer> partitions(JsonFolders folders) throws IOException {
        SortedSet<Integer> partitions =
                new TreeSet<>(JsonFolders.numbered(folders.replicas()).keySet());
        partitions.addAll(JsonFolders.numbered(folders.journals()).keySet());
        partitions.addAll(JsonFolders.numbered(folders.remembered()).keySet());
        return partitions;
    }

    static void load(JsonFolders folders, JsonReplica replica) throws IOException, StoreRefusedException {
        try {
            replica.load();
        } catch (MalformedException e) {
            throw StoreFormat.damaged(folders.root(), "the record of a replica", e);
        }
    }
}
