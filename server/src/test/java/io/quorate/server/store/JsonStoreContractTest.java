package io.quorate.server.store;

import io.quorate.core.port.KeyValueStore;
import java.nio.file.Path;

/** The store of JSON files keeps the contract. */
class JsonStoreContractTest extends KeyValueStoreContract {
    @Override
    KeyValueStore open(Path folder) throws Exception {
        return JsonStore.open(folder);
    }

    @Override
    KeyValueStore afterCrash(KeyValueStore crashed, Path folder, Path copy) throws Exception {
        Samples.copy(folder, copy);
        crashed.close();
        return JsonStore.open(copy);
    }

    @Override
    boolean isExactAfterCrash() {
        return false;
    }
}
