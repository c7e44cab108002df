package io.quorate.server.store;

import io.quorate.core.port.KeyValueStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store in RocksDB keeps the contract. */
@SuppressWarnings("NullAway.Init")
class RocksStoreContractTest extends KeyValueStoreContract {
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

    @Override
    KeyValueStore afterCrash(KeyValueStore crashed, Path folder, Path copy) throws Exception {
        Rocks.awaitQuiet((RocksStore) crashed);
        Samples.copy(folder, copy);
        crashed.close();
        return RocksStore.open(copy, memory);
    }
}
