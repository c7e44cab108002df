package io.quorate.server.store;

import static io.quorate.server.store.Samples.delete;
import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries that tell in RocksDB what expires when, and those that are left behind. */
@SuppressWarnings("NullAway.Init")
class RocksExpiryTest {
    private static final Expiries NONE = new Expiries(List.of(), Record.NEVER);

    @TempDir
    Path folder;

    private RocksMemory memory;
    private RocksStore store;

    @BeforeEach
    void open() throws Exception {
        memory = RocksMemory.allocate(RocksSettings.DEFAULT);
        store = RocksStore.open(folder.resolve("store"), memory);
    }

    @AfterEach
    void close() {
        store.close();
        memory.close();
    }

    /** Of a replica whose log time is behind all expiries, so that only a search removes entries. */
    private static ReplicaMeta meta(long index) {
        return meta(index, 0);
    }

    private static ReplicaMeta meta(long index, long logTimeMillis) {
        return new ReplicaMeta(5, 0, true, 3, new LogPosition(2, index), logTimeMillis, 0);
    }

    private int entries() throws Exception {
        store.close();
        int count = 0;
        RocksDatabase database = RocksDatabase.open(folder.resolve("store"), memory);
        try (var _ = database.enter();
                RocksCursor cursor =
                        database.cursor(RocksFamily.EXPIRY, DataKeys.begin(5, 0), DataKeys.end(5, 100), null)) {
            for (; cursor.valid(); cursor.next()) {
                count++;
            }
        }
        database.close();
        store = RocksStore.open(folder.resolve("store"), memory);
        return count;
    }

    @Test
    void anEntryThatIsLeftBehindGoesWhenItsTimeHasCome() throws Exception {
        store.write(meta(1), List.of(put("a", expiring(1, "v", 100)), put("b", expiring(1, "v", 100))));
        store.write(meta(2), List.of(put("a", expiring(2, "v", 200)), delete("b")));
        assertThat(store.expired(5, 99, 10)).isEqualTo(new Expiries(List.of(), 100));
        store.sync();
        assertThat(entries()).isEqualTo(3);

        assertThat(store.expired(5, 100, 10)).isEqualTo(new Expiries(List.of(), 200));
        store.sync();
        assertThat(entries()).isEqualTo(1);
        store.write(meta(3), List.of(delete("a")));
        assertThat(store.expired(5, 200, 10)).isEqualTo(NONE);
        store.sync();
        assertThat(entries()).isZero();
    }

    @Test
    void aReplicaThatNobodySearchesLosesThemToo() throws Exception {
        List<StoredChange> puts = new ArrayList<>();
        List<StoredChange> deletes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            puts.add(put("k" + i, expiring(1, "v", 100 + i)));
            deletes.add(delete("k" + i));
        }
        puts.add(put("stays", expiring(1, "v", 50)));
        store.write(meta(1, 99), puts);
        store.write(meta(2, 300), deletes);
        store.sync();
        assertThat(entries()).isEqualTo(300);

        store.write(meta(3, 1_000), List.of());
        store.sync();
        assertThat(entries()).isEqualTo(200);
        store.write(meta(4, 1_000), List.of());
        store.write(meta(5, 1_000), List.of());
        store.sync();
        assertThat(entries()).isEqualTo(1);
        assertThat(store.expired(5, 1_000, 10).due()).hasSize(1);
    }

    @Test
    void aCallLooksAtABoundedNumberOfThem() {
        int count = RocksExpiries.MAX_REMOVED + 10;
        List<StoredChange> puts = new ArrayList<>();
        List<StoredChange> deletes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            puts.add(put("k" + i, expiring(1, "v", 100 + i)));
            deletes.add(delete("k" + i));
        }
        store.write(meta(1), puts);
        store.write(meta(2), deletes);
        store.write(meta(3), List.of(put("last", expiring(3, "v", 1_000_000))));

        assertThat(store.expired(5, 1_000_000, 10)).isEqualTo(new Expiries(List.of(), 100 + RocksExpiries.MAX_REMOVED));
        assertThat(store.expired(5, 1_000_000, 10))
                .isEqualTo(new Expiries(List.of(new Due(Space.KEYS, key("last"), 1_000_000)), Record.NEVER));
    }

    @Test
    void aDamagedRecordDoesNotExpire() throws Exception {
        store.write(meta(2), List.of(put("a", expiring(1, "v", 100)), put("b", expiring(1, "v", 100))));
        store.sync();
        store.close();
        RocksDatabase database = RocksDatabase.open(folder.resolve("store"), memory);
        try (var _ = database.enter();
                RocksBatch batch = database.batch(0)) {
            batch.put(RocksFamily.DATA, DataKeys.of(5, 1, key("a")), new byte[] {1, 2, 3});
            batch.write();
        }
        database.close();
        store = RocksStore.open(folder.resolve("store"), memory);

        assertThat(store.expired(5, 100, 10))
                .isEqualTo(new Expiries(List.of(new Due(Space.KEYS, key("b"), 100)), Record.NEVER));
    }

    @Test
    void anEntryThatIsWrittenAgainMeanwhileStays() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Future<?> looking = pool.submit(() -> {
                while (!done.get()) {
                    store.expired(5, 100, 10);
                }
            });
            try {
                for (int i = 1; i < 4_000 && !looking.isDone(); i += 2) {
                    store.write(meta(i), List.of(put("a", record(i, "v"))));
                    store.write(meta(i + 1L), List.of(put("a", expiring(i, "v", 100))));
                    assertThat(store.expired(5, 100, 10).due()).hasSize(1);
                }
            } finally {
                done.set(true);
            }
            looking.get();
        }
    }
}
