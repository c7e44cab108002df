package io.quorate.server.store;

import io.quorate.core.port.KeyValueStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store for each test, and the store that a start after a crash finds. */
@SuppressWarnings("NullAway.Init")
abstract class StoreFixture {
    @TempDir
    Path folder;

    KeyValueStore store;
    private Path current;
    private int starts;

    /** The store of a first start in the folder. */
    abstract KeyValueStore open(Path folder) throws Exception;

    /** The store of a start after a crash of this one, which is closed afterwards. */
    abstract KeyValueStore afterCrash(KeyValueStore crashed, Path folder, Path copy) throws Exception;

    /** Whether a crash leaves exactly what some meta stood for, and not some later changes too. */
    boolean isExactAfterCrash() {
        return true;
    }

    @BeforeEach
    final void openStore() throws Exception {
        current = folder.resolve("store");
        store = open(current);
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    /** From now on the store is the one that a start after a crash finds. */
    final void crash() throws Exception {
        starts++;
        Path copy = folder.resolve("store" + starts);
        store = afterCrash(store, current, copy);
        current = copy;
    }
}
