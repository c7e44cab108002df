package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.KeyRecordsV1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Records, metas, changes and snapshots for tests. */
final class Samples {
    static final int PIECE_BYTES = 200;
    private static final int ALL = 1_000_000;

    private Samples() {}

    static Bytes key(String text) {
        return Bytes.utf8(text);
    }

    static Record record(long index, String text) {
        return new Record(Value.json(text), new Revision(1, index), 1_700_000_000_000L + index, Record.NEVER, "");
    }

    static ReplicaMeta meta(int partition, int generation, long index) {
        return new ReplicaMeta(partition, generation, true, 3, new LogPosition(2, index), 1_700_000_000_000L + index);
    }

    static ReplicaMeta deleted(int partition, int generation, long term) {
        return new ReplicaMeta(partition, generation, false, term, LogPosition.START, 0);
    }

    static StoredChange put(String key, Record record) {
        return new StoredChange(key(key), Optional.of(record));
    }

    static StoredChange delete(String key) {
        return new StoredChange(key(key), Optional.empty());
    }

    /** Everything that the store answers of the partition, key by key. */
    static NavigableMap<Bytes, Record> content(KeyValueStore store, int partition) {
        NavigableMap<Bytes, Record> content = new TreeMap<>();
        for (Bytes key : store.keysAfter(partition, Bytes.EMPTY, ALL)) {
            content.put(key, store.read(partition, key).orElseThrow());
        }
        return content;
    }

    static List<Bytes> pieces(Map<Bytes, Record> content) {
        KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
        List<Bytes> pieces = new ArrayList<>();
        new TreeMap<>(content).forEach((key, record) -> {
            if (!packer.add(key, record, PIECE_BYTES)) {
                pieces.add(packer.take());
                packer.add(key, record, PIECE_BYTES);
            }
        });
        if (!packer.isEmpty()) {
            pieces.add(packer.take());
        }
        return pieces;
    }

    static List<Bytes> pieces(SnapshotSource source) {
        List<Bytes> pieces = new ArrayList<>();
        for (Optional<Bytes> piece = source.next(PIECE_BYTES); piece.isPresent(); piece = source.next(PIECE_BYTES)) {
            pieces.add(piece.get());
        }
        return pieces;
    }

    static void install(KeyValueStore store, ReplicaMeta meta, Map<Bytes, Record> content) {
        SnapshotSink sink = store.stageSnapshot(meta.partition());
        pieces(content).forEach(sink::add);
        sink.install(meta);
    }

    /** The folder as a process that dies now would leave it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
