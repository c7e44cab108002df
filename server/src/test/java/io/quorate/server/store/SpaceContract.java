package io.quorate.server.store;

import static io.quorate.server.store.Samples.delete;
import static io.quorate.server.store.Samples.deleted;
import static io.quorate.server.store.Samples.everything;
import static io.quorate.server.store.Samples.forget;
import static io.quorate.server.store.Samples.install;
import static io.quorate.server.store.Samples.installAll;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static io.quorate.server.store.Samples.remember;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds for the spaces of every {@link KeyValueStore}. */
abstract class SpaceContract extends StoreFixture {
    /** Of the partition in {@link #theDigestOfWhatIsRememberedIsTheSameInEveryStoreAndRelease}, for ever. */
    private static final long GOLDEN_DIGEST = 1_746_795_278_995_446_998L;

    private static final Record ONE = record(1, "one");
    private static final Record TWO = record(2, "two");

    private static SpaceKey ofClient(String key) {
        return new SpaceKey(Space.KEYS, key(key));
    }

    private static SpaceKey remembered(String id) {
        return new SpaceKey(Space.REMEMBERED, key(id));
    }

    @Test
    void theSameKeyInTwoSpacesIsTwoRecords() {
        store.write(meta(5, 0, 2, 1), List.of(put("a", ONE), remember("a", TWO)));
        assertThat(store.read(5, Space.KEYS, key("a"))).contains(ONE);
        assertThat(store.read(5, Space.REMEMBERED, key("a"))).contains(TWO);

        store.write(meta(5, 0, 3, 1), List.of(delete("a")));
        assertThat(store.read(5, Space.KEYS, key("a"))).isEmpty();
        assertThat(store.read(5, Space.REMEMBERED, key("a"))).contains(TWO);

        store.write(meta(5, 0, 4, 0), List.of(put("a", ONE), forget("a"), forget("never")));
        assertThat(store.read(5, Space.KEYS, key("a"))).contains(ONE);
        assertThat(store.read(5, Space.REMEMBERED, key("a"))).isEmpty();
    }

    @Test
    void onlyClientsKeysAreListed() {
        store.write(meta(5, 0, 2, 2), List.of(put("b", ONE), remember("a", TWO), remember("c", TWO)));

        assertThat(Samples.keysFrom(store, 5, Bytes.EMPTY, 10)).containsExactly(key("b"));
        assertThat(Samples.keysFrom(store, 5, key("b").successor(), 10)).isEmpty();
    }

    @Test
    void aSnapshotHasClientsKeysFirst() {
        NavigableMap<SpaceKey, Record> records = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            records.put(ofClient("k" + i), record(i, "value"));
            records.put(remembered("i" + i), record(i, "outcome"));
        }
        installAll(store, meta(5, 1, 9, 30), records);

        assertThat(everything(store, 5)).isEqualTo(records);
        try (SnapshotSource source = store.openSnapshot(5)) {
            assertThat(Samples.pieces(source)).isEqualTo(Samples.piecesOfAll(records));
            assertThat(source.next(100)).isEmpty();
        }
        assertThat(store.digest(5)).isEqualTo(Samples.digest(records));
    }

    @Test
    void aSnapshotOfWhatIsRememberedIsNotMovedByLaterWrites() {
        store.write(meta(5, 0, 2, 2), List.of(remember("a", ONE), remember("b", ONE)));
        try (SnapshotSource source = store.openSnapshot(5)) {
            store.write(meta(5, 0, 3, 2), List.of(remember("a", TWO), forget("b"), remember("c", TWO)));
            assertThat(Samples.pieces(source))
                    .isEqualTo(Samples.piecesOfAll(Map.of(remembered("a"), ONE, remembered("b"), ONE)));
        }
    }

    @Test
    void aSnapshotWithTheSpacesOutOfOrderIsRefused() {
        SnapshotSink sink = store.stageSnapshot(5);
        sink.add(Samples.piecesOfAll(Map.of(remembered("a"), ONE)).getFirst());
        Bytes later = Samples.piecesOfAll(Map.of(ofClient("b"), ONE)).getFirst();

        assertThatIllegalArgumentException().isThrownBy(() -> sink.add(later));
    }

    @Test
    void theDigestOfWhatIsRememberedIsTheSameInEveryStoreAndRelease() {
        store.write(meta(5, 0, 2, 1), List.of(put("a", ONE), remember("i", TWO)));

        assertThat(store.digest(5)).isEqualTo(GOLDEN_DIGEST);
    }

    @Test
    void theDigestTellsTheSpacesApart() {
        store.write(meta(5, 0, 2, 1), List.of(put("a", ONE), remember("b", TWO)));
        store.write(meta(6, 0, 2, 0), List.of(put("a", ONE), put("b", TWO)));
        store.write(meta(7, 0, 2, 2), List.of(remember("a", ONE), remember("b", TWO)));
        assertThat(List.of(store.digest(5), store.digest(6), store.digest(7))).doesNotHaveDuplicates();

        store.write(meta(8, 0, 2, 0), List.of(put("a", ONE)));
        store.write(meta(5, 0, 3, 0), List.of(forget("b")));
        assertThat(store.digest(5)).isEqualTo(store.digest(8));
    }

    @Test
    void aReplacedGenerationTakesAllSpacesWithIt() throws Exception {
        for (int partition = 1; partition <= 3; partition++) {
            store.write(meta(partition, 0, 2, 1), List.of(put("p" + partition, ONE), remember("i", TWO)));
        }
        store.sync();
        store.write(meta(1, 1, 1), List.of());
        install(store, meta(2, 1, 9), Map.of(key("p2"), ONE));
        store.write(deleted(3, 0, 9), List.of());
        store.sync();
        crash();

        assertThat(everything(store, 1)).isEmpty();
        assertThat(everything(store, 2)).isEqualTo(Map.of(ofClient("p2"), ONE));
        assertThat(everything(store, 3)).isEmpty();
        for (int partition = 1; partition <= 3; partition++) {
            assertThat(store.read(partition, Space.REMEMBERED, key("i"))).isEmpty();
        }
    }

    @Test
    void whatIsRememberedSurvivesACrashWithItsCount() throws Exception {
        store.write(meta(5, 0, 2, 2), List.of(put("a", ONE), remember("i", ONE), remember("j", TWO)));
        store.write(meta(5, 0, 3, 1), List.of(forget("i")));
        store.sync();
        crash();

        assertThat(everything(store, 5)).isEqualTo(Map.of(ofClient("a"), ONE, remembered("j"), TWO));
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 0, 3, 1)));
    }

    @Test
    void manyAreRememberedAndForgotten() throws Exception {
        int each = 1_500;
        for (int round = 0; round < 4; round++) {
            List<StoredChange> changes = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                Optional<Record> record = i % 4 == round ? Optional.of(record(i, "v" + round)) : Optional.empty();
                changes.add(new StoredChange(Space.REMEMBERED, id(i), record));
            }
            store.write(meta(5, 0, round + 1, each / 4), changes);
        }
        store.sync();
        crash();

        NavigableMap<SpaceKey, Record> last = new TreeMap<>();
        for (int i = 3; i < each; i += 4) {
            last.put(new SpaceKey(Space.REMEMBERED, id(i)), record(i, "v3"));
        }
        assertThat(everything(store, 5)).isEqualTo(last);
    }

    private static Bytes id(int number) {
        return Bytes.wrap(new byte[] {(byte) (number >> 8), (byte) number, 0, -1, '=', '\n'});
    }
}
