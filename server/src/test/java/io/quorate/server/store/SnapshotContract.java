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
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds for the snapshots of every {@link KeyValueStore}. */
abstract class SnapshotContract extends ExpiryContract {
    @Test
    void aSnapshotComesInPiecesOfTheSizeAskedFor() {
        NavigableMap<Bytes, Record> content = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            content.put(key("k" + i), record(i, "value " + i));
        }
        content.put(key("large"), record(1, "v".repeat(1_000)));
        install(store, meta(5, 1, 100), content);

        try (SnapshotSource source = store.openSnapshot(5)) {
            List<Bytes> pieces = pieces(source);
            assertThat(pieces).isEqualTo(pieces(content));
            assertThat(pieces.stream().filter(piece -> piece.length() > Samples.PIECE_BYTES))
                    .hasSize(1);
            assertThat(source.next(100)).isEmpty();
        }
    }

    @Test
    void aSnapshotIsNotMovedByLaterWritesInstallsAndDeletes() {
        for (int partition = 1; partition <= 3; partition++) {
            store.write(
                    meta(partition, 0, 2),
                    List.of(put(partition + "a", record(1, "one")), put(partition + "b", record(2, "two"))));
        }
        List<SnapshotSource> sources = List.of(store.openSnapshot(1), store.openSnapshot(2), store.openSnapshot(3));
        store.write(meta(1, 0, 4), List.of(put("1a", record(3, "new")), delete("1b"), put("1c", record(4, "new"))));
        install(store, meta(2, 1, 9), Map.of(key("2a"), record(8, "new")));
        store.write(deleted(3, 0, 9), List.of());
        store.sync();

        for (int partition = 1; partition <= 3; partition++) {
            try (SnapshotSource source = sources.get(partition - 1)) {
                assertThat(pieces(source))
                        .isEqualTo(pieces(Map.of(
                                key(partition + "a"), record(1, "one"), key(partition + "b"), record(2, "two"))));
            }
        }
        assertThat(content(store, 2)).isEqualTo(Map.of(key("2a"), record(8, "new")));
    }

    @Test
    void anInstalledSnapshotReplacesAllKeysDurably() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one")), put("b", record(2, "two"))));
        Map<Bytes, Record> next = Map.of(key("b"), record(8, "eight"), key("c"), record(9, "nine"));
        install(store, meta(5, 1, 9), next);

        assertThat(content(store, 5)).isEqualTo(next);
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 1, 9)));
        crash();
        assertThat(content(store, 5)).isEqualTo(next);
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 1, 9)));
    }

    @Test
    void anEmptySnapshotMakesTheReplicaEmpty() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one"))));
        store.stageSnapshot(5).install(meta(5, 1, 9));
        crash();

        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 1, 9)));
        assertThat(content(store, 5)).isEmpty();
    }

    @Test
    void aSnapshotThatIsNotInstalledChangesNothing() throws Exception {
        store.write(meta(5, 0, 2), List.of(put("a", record(1, "one"))));
        SnapshotSink abandoned = store.stageSnapshot(5);
        SnapshotSink forgotten = store.stageSnapshot(5);
        pieces(Map.of(key("b"), record(8, "new"))).forEach(abandoned::add);
        pieces(Map.of(key("b"), record(8, "new"))).forEach(forgotten::add);
        store.stageSnapshot(6).add(pieces(Map.of(key("d"), record(8, "new"))).getFirst());
        abandoned.abandon();
        abandoned.abandon();
        assertThatIllegalStateException().isThrownBy(() -> abandoned.install(meta(5, 1, 9)));

        store.sync();
        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), record(1, "one")));
        crash();
        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), record(1, "one")));
        assertThat(store.replicas()).isEqualTo(Map.of(5, meta(5, 0, 2)));
        install(store, meta(5, 1, 9), Map.of(key("c"), record(9, "nine")));
        assertThat(content(store, 5)).isEqualTo(Map.of(key("c"), record(9, "nine")));
    }

    @Test
    void aSnapshotIsInstalledOnlyUnderAGreaterGeneration() {
        store.write(meta(5, 3, 2), List.of(put("a", record(1, "one"))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.stageSnapshot(5).install(meta(5, 3, 9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.stageSnapshot(5).install(meta(6, 4, 9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.stageSnapshot(5).install(deleted(5, 4, 9)));
        assertThat(content(store, 5)).isEqualTo(Map.of(key("a"), record(1, "one")));
    }

    @Test
    void piecesOutOfOrderAreRefused() {
        Bytes piece = pieces(Map.of(key("b"), record(8, "new"))).getFirst();
        SnapshotSink sink = store.stageSnapshot(5);
        sink.add(piece);

        assertThatIllegalArgumentException().isThrownBy(() -> sink.add(piece));
    }
}
