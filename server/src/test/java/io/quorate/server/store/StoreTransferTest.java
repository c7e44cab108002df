package io.quorate.server.store;

import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot goes from a store of one kind to a store of the other without a loss. */
class StoreTransferTest {
    private static final int RECORDS = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static NavigableMap<SpaceKey, Record> records() {
        NavigableMap<SpaceKey, Record> records = new TreeMap<>();
        for (int i = 0; i < RECORDS; i++) {
            Space space = i % 3 == 0 ? Space.REMEMBERED : Space.KEYS;
            long expiresMillis = i % 4 == 0 ? Record.NEVER : (i * 37) % 101;
            records.put(new SpaceKey(space, key("k" + i / 2)), expiring(i, "value", expiresMillis));
        }
        return records;
    }

    private static void transfer(KeyValueStore from, KeyValueStore to) {
        SnapshotSink sink = to.stageSnapshot(5);
        try (SnapshotSource source = from.openSnapshot(5)) {
            Samples.pieces(source).forEach(sink::add);
        }
        sink.install(meta(5, 1, 9, RECORDS / 3));
    }

    private static void check(KeyValueStore store, NavigableMap<SpaceKey, Record> records) {
        assertThat(Samples.everything(store, 5)).isEqualTo(records);
        assertThat(store.digest(5)).isEqualTo(Samples.digest(records));
        for (int limit : new int[] {1, 20, RECORDS}) {
            assertThat(store.expired(5, 50, limit)).isEqualTo(Samples.expiries(records, 50, limit));
        }
    }

    @Test
    void fromRocksDbToJsonAndBack() throws Exception {
        NavigableMap<SpaceKey, Record> records = records();
        try (RocksMemory memory = RocksMemory.allocate(RocksSettings.DEFAULT);
                RocksStore first = RocksStore.open(folder.resolve("first"), memory);
                RocksStore last = RocksStore.open(folder.resolve("last"), memory)) {
            Samples.installAll(first, meta(5, 1, 9, RECORDS / 3), records);
            check(first, records);
            try (JsonStore between = JsonStore.open(folder.resolve("between"))) {
                transfer(first, between);
                check(between, records);
            }
            try (JsonStore between = JsonStore.open(folder.resolve("between"))) {
                check(between, records);
                transfer(between, last);
            }
            check(last, records);
        }
    }
}
