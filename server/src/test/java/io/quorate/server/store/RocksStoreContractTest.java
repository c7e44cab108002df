package io.quorate.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.KeyValueStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store in RocksDB keeps the contract. */
@SuppressWarnings("NullAway.Init")
class RocksStoreContractTest extends KeyValueStoreContract {
    private static final int MAX_COPIES = 100;

    private static RocksMemory memory;

    @BeforeAll
    static void allocate() throws Exception {
        memory = RocksMemory.allocate(RocksSettings.DEFAULT);
    }

    @AfterAll
    static void free() {
        memory.close();
    }

    @Override
    KeyValueStore open(Path folder) throws Exception {
        return RocksStore.open(folder, memory);
    }

    /** A copy during which a compaction took a file away is nothing that a crash leaves: it is made anew. */
    private static void copyQuiet(RocksStore store, Path folder, Path copy) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Rocks.awaitQuiet(store);
            try {
                Samples.copy(folder, copy);
                return;
            } catch (NoSuchFileException taken) {
                assertThat(attempt).as("%s", taken).isLessThan(MAX_COPIES);
                Samples.delete(copy);
            }
        }
    }

    @Override
    KeyValueStore afterCrash(KeyValueStore crashed, Path folder, Path copy) throws Exception {
        copyQuiet((RocksStore) crashed, folder, copy);
        crashed.close();
        return RocksStore.open(copy, memory);
    }
}
