package io.quorate.server.store;

import io.quorate.core.port.KeyValueStore;
import java.nio.file.Path;

/** The store in memory keeps the contract. */
class MemoryStoreTest extends KeyValueStoreContract {
    @Override
    KeyValueStore open(Path folder) {
        return new MemoryStore();
    }

    @Override
    KeyValueStore afterCrash(KeyValueStore crashed, Path folder, Path copy) {
        KeyValueStore next = ((MemoryStore) crashed).afterCrash();
        crashed.close();
        return next;
    }
}
