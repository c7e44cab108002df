package io.quorate.server.store;

import static io.quorate.server.store.Samples.content;
import static io.quorate.server.store.Samples.deleted;
import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.install;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static io.quorate.server.store.Samples.remember;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** What is special about the store in RocksDB. */
@SuppressWarnings("NullAway.Init")
class RocksStoreTest {
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

    /** How many keys the families of records hold, whoever they belong to, after a crash and a start. */
    private int keysOnDisk(String copy) throws Exception {
        Rocks.awaitQuiet(store);
        Samples.copy(folder.resolve("store"), folder.resolve(copy));
        RocksStore.open(folder.resolve(copy), memory).close();
        int count = 0;
        RocksDatabase database = RocksDatabase.open(folder.resolve(copy), memory);
        try (var _ = database.enter()) {
            for (RocksFamily family : RocksFamily.GENERATIONS) {
                count += keys(database, family);
            }
        }
        database.close();
        return count;
    }

    private static int keys(RocksDatabase database, RocksFamily family) {
        int count = 0;
        byte[] end = DataKeys.end(Integer.MAX_VALUE, Integer.MAX_VALUE - 1);
        try (RocksCursor cursor = database.cursor(family, new byte[0], end, null)) {
            for (; cursor.valid(); cursor.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void keysOfReplacedAbandonedAndForgottenGenerationsGo() throws Exception {
        Record expiring = expiring(1, "one", 100);
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", expiring), remember("i", expiring)));
        store.sync();
        assertThat(keysOnDisk("written")).isEqualTo(5);
        install(store, meta(5, 1, 9), Map.of(key("c"), record(8, "new")));
        assertThat(keysOnDisk("installed")).isEqualTo(1);
        SnapshotSink abandoned = store.stageSnapshot(5);
        Samples.pieces(Map.of(key("d"), record(9, "never"))).forEach(abandoned::add);
        abandoned.abandon();
        SnapshotSink forgotten = store.stageSnapshot(5);
        Samples.pieces(Map.of(key("e"), expiring(9, "never", 100))).forEach(forgotten::add);
        store.sync();
        assertThat(keysOnDisk("forgotten")).isEqualTo(1);
        store.write(deleted(5, 1, 9), List.of());
        store.sync();
        assertThat(keysOnDisk("deleted")).isZero();
    }

    @Test
    void aSwitchThatIsNotOnDiskYetLosesNothing() throws Exception {
        NavigableMap<Bytes, Record> before = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            before.put(key("k" + i), record(i, "v".repeat(100)));
        }
        install(store, meta(5, 1, 9), before);
        store.write(meta(5, 2, 1), List.of(put("new", record(1, "begun"))));
        Rocks.awaitQuiet(store);
        Samples.copy(folder.resolve("store"), folder.resolve("copy"));

        try (RocksStore crashed = RocksStore.open(folder.resolve("copy"), memory)) {
            assertThat(crashed.replicas()).isEqualTo(Map.of(5, meta(5, 1, 9)));
            assertThat(content(crashed, 5)).isEqualTo(before);
        }
    }

    @Test
    void readersBesideInstallsSeeTheOldStateOrTheNew() throws Exception {
        install(store, meta(5, 1, 1), Map.of(key("a"), record(1, "v"), key("b"), record(1, "v")));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Future<?> reader = pool.submit(() -> {
                while (!done.get()) {
                    assertThat(store.read(5, Space.KEYS, key("a"))).isPresent();
                    assertThat(Samples.keysFrom(store, 5, Bytes.EMPTY, 10)).containsExactly(key("a"), key("b"));
                    try (SnapshotSource source = store.openSnapshot(5)) {
                        assertThat(Samples.pieces(source)).hasSize(1);
                    }
                }
            });
            for (int generation = 2; generation < 60 && !reader.isDone(); generation++) {
                Record record = record(generation, "v");
                install(store, meta(5, generation, generation), Map.of(key("a"), record, key("b"), record));
            }
            done.set(true);
            reader.get();
        }
    }

    @Test
    void closeWaitsForReadersAndRefusesThemAfterwards() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Optional<Record>>> readers =
                    List.of(pool.submit(this::readUntilClosed), pool.submit(this::readUntilClosed));
            store.digest(5);
            store.close();
            for (Future<Optional<Record>> reader : readers) {
                assertThat(reader.get()).isEmpty();
            }
        }
    }

    private Optional<Record> readUntilClosed() {
        while (true) {
            try {
                assertThat(store.read(5, Space.KEYS, key("a"))).isPresent();
            } catch (IllegalStateException closed) {
                return Optional.empty();
            }
        }
    }

    @Test
    void aDamagedRecordReadsAsAbsentAndIsNotCopied() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        long digest = store.digest(5);
        store.close();
        RocksDatabase database = RocksDatabase.open(folder.resolve("store"), memory);
        try (var _ = database.enter();
                RocksBatch batch = database.batch(0)) {
            batch.put(RocksFamily.DATA, DataKeys.of(5, 1, key("a")), new byte[] {1, 2, 3});
            batch.write();
        }
        database.close();
        store = RocksStore.open(folder.resolve("store"), memory);

        assertThat(store.read(5, Space.KEYS, key("a"))).isEmpty();
        assertThat(store.read(5, Space.KEYS, key("b"))).contains(record(2, "two"));
        assertThat(store.digest(5)).isNotEqualTo(digest);
        assertThat(store.stats().unreadableRecords()).isEqualTo(1);
        try (SnapshotSource source = store.openSnapshot(5)) {
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> source.next(100));
        }
    }

    @Test
    void aSecondStoreOnTheFolderIsRefused() {
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> RocksStore.open(folder.resolve("store"), memory))
                .withMessageContaining("in use by another process, or twice in this one");
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        store.close();
        RocksDatabase database = RocksDatabase.open(folder.resolve("store"), memory);
        try (var _ = database.enter();
                RocksBatch batch = database.batch(0)) {
            batch.putFormat(2);
            batch.write();
        }
        database.close();

        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> RocksStore.open(folder.resolve("store"), memory))
                .withMessageContaining("has format 2, this release reads up to format 1");
    }

    @Test
    void aFamilyOfANewerReleaseIsRefused() throws Exception {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, folder.resolve("newer").toString())) {
            db.createColumnFamily(new ColumnFamilyDescriptor("versions".getBytes(StandardCharsets.UTF_8)))
                    .close();
        }
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> RocksStore.open(folder.resolve("newer"), memory))
                .withMessageContaining("has a part named versions, this release reads up to format 1");
    }

    @Test
    void aRocksDbOfSomethingElseIsRefused() throws Exception {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, folder.resolve("other").toString())) {
            db.put(new byte[] {1}, new byte[] {2});
        }
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> RocksStore.open(folder.resolve("other"), memory))
                .withMessageContaining("is not Quorate's");
    }

    @Test
    void aDamagedRecordOfAReplicaIsRefused() throws Exception {
        store.close();
        RocksDatabase database = RocksDatabase.open(folder.resolve("store"), memory);
        try (var _ = database.enter();
                RocksBatch batch = database.batch(0)) {
            batch.put(RocksFamily.META, MetaKeys.replica(5), new byte[] {1, 2, 3});
            batch.write();
        }
        database.close();

        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> RocksStore.open(folder.resolve("store"), memory))
                .withMessageContaining("damaged: the record of a replica");
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        store.sync();
        store.close();
        for (Path file : DurableFiles.list(folder.resolve("store"))) {
            if (file.getFileName().toString().startsWith("MANIFEST")) {
                Files.writeString(file, "damaged");
            }
        }

        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> RocksStore.open(folder.resolve("store"), memory))
                .withMessageContaining("damaged: RocksDB cannot read its files");
    }

    @Test
    void severalStoresShareTheMemory() throws Exception {
        try (RocksStore second = RocksStore.open(folder.resolve("second"), memory)) {
            store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
            second.write(meta(5, 0, 1), List.of(put("a", record(1, "other"))));
            second.sync();

            assertThat(store.read(5, Space.KEYS, key("a"))).contains(record(1, "one"));
            assertThat(second.read(5, Space.KEYS, key("a"))).contains(record(1, "other"));
            StoreStats stats = second.stats();
            assertThat(stats)
                    .usingRecursiveComparison()
                    .ignoringFields("diskBytes", "backgroundJobs")
                    .isEqualTo(new StoreStats(1, 0, 1, 1, 0, 1, 0, 0, 0));
            assertThat(stats.diskBytes()).isPositive();
        }
    }
}
