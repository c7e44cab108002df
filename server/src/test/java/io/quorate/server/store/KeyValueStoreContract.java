package io.quorate.server.store;

import static io.quorate.server.store.Samples.content;
import static io.quorate.server.store.Samples.delete;
import static io.quorate.server.store.Samples.deleted;
import static io.quorate.server.store.Samples.install;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.pieces;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.core.log.Space;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds for every {@link KeyValueStore}. */
abstract class KeyValueStoreContract extends SnapshotContract {
    /** Of an empty partition and of the partition in {@link #digestIsTheSameInEveryStoreAndRelease}, for ever. */
    private static final long EMPTY_DIGEST = 0xe3b0c44298fc1c14L;

    private static final long GOLDEN_DIGEST = -8_302_825_131_006_256_822L;

    private static final int SEEDS = 3;
    private static final int STEPS = 150;

    @Test
    void aNewStoreHoldsNothing() {
        assertThat(store.replicas()).isEmpty();
        assertThat(store.read(0, Space.KEYS, key("k"))).isEmpty();
        assertThat(Samples.keysFrom(store, 0, Bytes.EMPTY, 10)).isEmpty();
        assertThat(store.digest(0)).isEqualTo(EMPTY_DIGEST);
        try (SnapshotSource source = store.openSnapshot(0)) {
            assertThat(source.next(100)).isEmpty();
        }
    }

    @Test
    void aBatchIsReadBackWithItsMeta() {
        store.write(meta(5, 0, 7), List.of(put("a", record(6, "one")), put("b", record(7, "two"))));

        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 0, 7)));
        assertThat(store.read(5, Space.KEYS, key("a"))).contains(record(6, "one"));
        assertThat(store.read(5, Space.KEYS, key("b"))).contains(record(7, "two"));
        assertThat(store.read(5, Space.KEYS, key("c"))).isEmpty();
        assertThat(store.read(4, Space.KEYS, key("a"))).isEmpty();
    }

    @Test
    void aLaterBatchReplacesAndDeletes() {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        store.write(meta(5, 0, 4), List.of(put("a", record(3, "three")), delete("b"), delete("never")));

        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), record(3, "three")));
        assertThat(store.replicas()).containsEntry(5, meta(5, 0, 4));
    }

    @Test
    void aBatchOfAReplacedGenerationIsNotWritten() {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one"))));
        install(store, meta(5, 1, 9), Map.of(key("b"), record(8, "new")));

        store.write(meta(5, 0, 10), List.of(put("a", record(10, "late"))));
        store.write(deleted(5, 0, 10), List.of());

        assertThat(content(store, 5)).isEqualTo(Map.of(key("b"), record(8, "new")));
        assertThat(store.replicas()).containsEntry(5, meta(5, 1, 9));
    }

    @Test
    void aBatchOfAGreaterGenerationBeginsEmpty() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        store.sync();
        store.write(meta(5, 1, 1), List.of(put("b", record(1, "again"))));

        assertThat(content(store, 5)).isEqualTo(Map.of(key("b"), record(1, "again")));
        store.sync();
        crash();
        assertThat(content(store, 5)).isEqualTo(Map.of(key("b"), record(1, "again")));
        store.write(deleted(5, 3, 9), List.of());
        assertThat(store.replicas()).isEqualTo(Map.of(5, deleted(5, 3, 9)));
        assertThat(content(store, 5)).isEmpty();
    }

    @Test
    void aDeletedReplicaKeepsItsMetaAlone() {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one"))));
        store.write(deleted(5, 0, 8), List.of());

        assertThat(store.replicas()).isEqualTo(Map.of(5, deleted(5, 0, 8)));
        assertThat(content(store, 5)).isEmpty();
        assertThat(store.digest(5)).isEqualTo(EMPTY_DIGEST);

        store.write(meta(5, 0, 3), List.of(put("a", record(3, "late"))));
        store.write(deleted(5, 0, 9), List.of());
        assertThat(store.replicas()).isEqualTo(Map.of(5, deleted(5, 0, 9)));

        store.write(meta(5, 1, 1), List.of(put("b", record(1, "again"))));
        assertThat(content(store, 5)).isEqualTo(Map.of(key("b"), record(1, "again")));
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 1, 1)));
    }

    @Test
    void aDeletedReplicaStaysDeletedAfterACrash() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one"))));
        store.sync();
        store.write(deleted(5, 0, 8), List.of());
        store.sync();
        crash();

        assertThat(store.replicas()).isEqualTo(Map.of(5, deleted(5, 0, 8)));
        assertThat(content(store, 5)).isEmpty();
        install(store, meta(5, 1, 4), Map.of(key("a"), record(4, "back")));
        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), record(4, "back")));
    }

    @Test
    void aDeletedReplicaHasNoChanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.write(deleted(5, 0, 8), List.of(delete("a"))));
    }

    @Test
    void keysComeInTheOrderOfUnsignedBytesFromAfterTheGivenOne() {
        Bytes high = Bytes.wrap(new byte[] {(byte) 0xFF, 0});
        Bytes higher = Bytes.wrap(new byte[] {(byte) 0xFF, (byte) 0x80});
        store.write(
                meta(5, 0, 1),
                List.of(
                        put("a", record(1, "")),
                        put("a/b", record(1, "")),
                        put("b", record(1, "")),
                        new StoredChange(Space.KEYS, high, Optional.of(record(1, ""))),
                        new StoredChange(Space.KEYS, higher, Optional.of(record(1, "")))));

        assertThat(Samples.keysFrom(store, 5, Bytes.EMPTY, 10))
                .containsExactly(key("a"), key("a/b"), key("b"), high, higher);
        assertThat(Samples.keysFrom(store, 5, Bytes.EMPTY, 2)).containsExactly(key("a"), key("a/b"));
        assertThat(Samples.keysFrom(store, 5, key("a/b").successor(), 2)).containsExactly(key("b"), high);
        assertThat(Samples.keysFrom(store, 5, key("aa").successor(), 1)).containsExactly(key("b"));
        assertThat(Samples.keysFrom(store, 5, higher.successor(), 10)).isEmpty();
    }

    @Test
    void partitionsDoNotMix() {
        for (int partition : new int[] {0, 1, 255, 256, 16_383}) {
            store.write(meta(partition, 0, 1), List.of(put("k" + partition, record(1, "v" + partition))));
        }
        for (int partition : new int[] {0, 1, 255, 256, 16_383}) {
            assertThat(content(store, partition)).isEqualTo(Map.of(key("k" + partition), record(1, "v" + partition)));
        }
    }

    @Test
    void everyFormOfARecordIsKept() {
        Bytes binary = Bytes.wrap(new byte[] {0, (byte) 0xC3, 0x28, -1});
        NavigableMap<Bytes, Record> records = new TreeMap<>();
        records.put(key("empty"), plain(new Value(Bytes.EMPTY, "", ValueForm.JSON)));
        records.put(key("text"), plain(Value.json("\"quoted\" \\ \n ünï 😀 \u0000")));
        records.put(key("odd"), plain(new Value(key("x"), "text/plain", ValueForm.JSON)));
        records.put(key("raw"), plain(Value.raw(key("{\"a\":1}"), "application/json")));
        records.put(key("no type"), plain(Value.raw(binary, "")));
        records.put(key("bytes"), plain(Value.raw(binary, Value.OCTET_STREAM)));
        records.put(binary, new Record(Value.json("v"), new Revision(1L << 40, 1L << 50), 0, 0, "elsewhere"));
        records.put(key("past"), new Record(Value.json("v"), Revision.NONE, -1, -62_135_596_800_001L, ""));
        records.put(
                key("far"), new Record(Value.json("v"), Revision.NONE, Long.MIN_VALUE, Long.MAX_VALUE - 1, "import"));
        records.put(key("../../etc/passwd"), plain(Value.json("v")));
        records.put(key("."), plain(Value.json("dot")));
        records.put(key("pid"), plain(Value.json("4711")));
        records.put(key("k".repeat(200)), plain(Value.json("as long as a name")));
        records.put(key("k".repeat(201)), plain(Value.json("longer")));
        records.put(key("k".repeat(4_096)), plain(Value.json("v".repeat(100_000))));
        store.write(
                meta(5, 0, 1),
                records.entrySet().stream()
                        .map(each -> new StoredChange(Space.KEYS, each.getKey(), Optional.of(each.getValue())))
                        .toList());

        assertThat(content(store, 5)).isEqualTo(records);
        try (SnapshotSource source = store.openSnapshot(5)) {
            assertThat(pieces(source)).isEqualTo(pieces(records));
        }
    }

    private static Record plain(Value value) {
        return new Record(value, new Revision(1, 1), 1_700_000_000_000L, Record.NEVER, "");
    }

    @Test
    void digestIsTheSameInEveryStoreAndRelease() {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));

        assertThat(store.digest(5)).isEqualTo(GOLDEN_DIGEST);
    }

    @Test
    void digestTellsDifferentContentApartAndNothingElse() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        long digest = store.digest(5);
        NavigableMap<Bytes, Record> content = content(store, 5);
        store.write(meta(6, 0, 2), List.of(put("c", record(3, "beside"))));
        install(store, meta(5, 1, 9), content);
        assertThat(store.digest(5)).isEqualTo(digest);

        store.write(meta(5, 1, 10), List.of(put("b", record(2, "twO"))));
        long otherValue = store.digest(5);
        store.write(meta(5, 1, 11), List.of(put("b", record(3, "two"))));
        long otherRevision = store.digest(5);
        store.write(meta(5, 1, 12), List.of(put("bb", record(2, "two")), delete("b")));
        long otherKey = store.digest(5);
        store.write(meta(5, 1, 13), List.of(delete("bb")));
        long fewer = store.digest(5);
        assertThat(List.of(digest, otherValue, otherRevision, otherKey, fewer)).doesNotHaveDuplicates();

        store.write(meta(5, 1, 14), List.of(put("b", record(2, "two"))));
        assertThat(store.digest(5)).isEqualTo(digest);
    }

    @Test
    void whatWasSyncedSurvivesACrash() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        store.write(meta(6, 0, 1), List.of(put("c", record(1, "other"))));
        store.write(meta(5, 0, 3), List.of(delete("a")));
        store.sync();
        crash();

        assertThat(content(store, 5)).isEqualTo(Map.of(key("b"), record(2, "two")));
        assertThat(content(store, 6)).isEqualTo(Map.of(key("c"), record(1, "other")));
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 0, 3), 6, meta(6, 0, 1)));
    }

    @Test
    void afterACrashTheMetaStandsForNoMoreThanIsThere() throws Exception {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        store.sync();
        List<StoredChange> unsynced = List.of(put("a", record(2, "two")), put("b", record(2, "two")));
        store.write(meta(5, 0, 2), unsynced);
        crash();

        if (meta(5, 0, 1).equals(store.replicas().get(5))) {
            store.write(meta(5, 0, 2), unsynced);
        }
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 0, 2)));
        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), record(2, "two"), key("b"), record(2, "two")));
    }

    @Test
    void nothingCanBeDoneAfterClose() {
        store.write(meta(5, 0, 1), List.of(put("a", record(1, "one"))));
        SnapshotSource source = store.openSnapshot(5);
        SnapshotSink sink = store.stageSnapshot(5);
        store.close();
        store.close();

        List<Runnable> calls = List.of(
                store::replicas,
                () -> store.write(meta(5, 0, 2), List.of()),
                store::sync,
                () -> store.read(5, Space.KEYS, key("a")),
                () -> store.recordsFrom(5, Bytes.EMPTY, 1),
                () -> store.expired(5, 0, 1),
                () -> store.digest(5),
                () -> store.openSnapshot(5),
                () -> store.stageSnapshot(5),
                () -> source.next(100),
                () -> sink.add(pieces(Map.of(key("b"), record(8, "new"))).getFirst()),
                () -> sink.install(meta(5, 1, 9)));
        for (Runnable call : calls) {
            assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("closed");
        }
        source.close();
    }

    @Test
    void itHoldsWhatItShouldThroughRandomStepsAndCrashes() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            // Partitions of their own, in the same store, for each seed.
            List<ReplicaModel> models = List.of(
                    new ReplicaModel(3 * seed, seed),
                    new ReplicaModel(3 * seed + 1, seed),
                    new ReplicaModel(3 * seed + 2, seed));
            for (int i = 0; i < STEPS; i++) {
                ReplicaModel model = models.get(random.nextInt(models.size()));
                model.step(store);
                int choice = random.nextInt(100);
                if (choice < 8) {
                    store.sync();
                    models.forEach(ReplicaModel::synced);
                } else if (choice < 12) {
                    crash();
                    models.forEach(each -> each.checkAndRepeat(store, isExactAfterCrash()));
                } else if (choice < 20) {
                    model.check(store);
                }
            }
            store.sync();
        }
    }
}
