package io.quorate.server.store;

import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.core.log.Space;
import io.quorate.core.port.KeyValueStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The faulty store keeps the contract while it has no fault, and fails as a broken disk does. */
class FaultyStoreTest extends KeyValueStoreContract {
    private MemoryStore inner = new MemoryStore();

    @Override
    KeyValueStore open(Path folder) {
        return new FaultyStore(inner);
    }

    @Override
    KeyValueStore afterCrash(KeyValueStore crashed, Path folder, Path copy) {
        inner = inner.afterCrash();
        crashed.close();
        return new FaultyStore(inner);
    }

    @Test
    void aFailedWriteChangesNothing() {
        FaultyStore faulty = (FaultyStore) store;
        faulty.fail(FaultyStore.Call.WRITE);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> faulty.write(meta(5, 0, 1), List.of(put("a", record(1, "one")))));
        assertThat(faulty.replicas()).isEmpty();

        faulty.recover(FaultyStore.Call.WRITE);
        faulty.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        assertThat(faulty.read(5, Space.KEYS, key("a"))).contains(record(1, "one"));
    }

    @Test
    void afterAFailedSyncACrashForgets() {
        FaultyStore faulty = (FaultyStore) store;
        faulty.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        faulty.fail(FaultyStore.Call.SYNC);

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(faulty::sync);
        assertThat(inner.afterCrash().replicas()).isEmpty();
    }
}
