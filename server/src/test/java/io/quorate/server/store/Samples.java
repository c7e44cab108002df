package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.KeyRecordsV1;
import io.quorate.core.wire.RecordCodecV1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
        return expiring(index, text, Record.NEVER);
    }

    static Record expiring(long index, String text, long expiresMillis) {
        return new Record(Value.json(text), new Revision(1, index), 1_700_000_000_000L + index, expiresMillis, "");
    }

    static ReplicaMeta meta(int partition, int generation, long index) {
        return meta(partition, generation, index, 0);
    }

    static ReplicaMeta meta(int partition, int generation, long index, int remembered) {
        LogPosition applied = new LogPosition(2, index);
        return new ReplicaMeta(partition, generation, true, 3, applied, 1_700_000_000_000L + index, remembered);
    }

    static ReplicaMeta deleted(int partition, int generation, long term) {
        return ReplicaMeta.dropped(partition, generation, term);
    }

    static StoredChange put(String key, Record record) {
        return new StoredChange(Space.KEYS, key(key), Optional.of(record));
    }

    static StoredChange delete(String key) {
        return new StoredChange(Space.KEYS, key(key), Optional.empty());
    }

    static StoredChange remember(String id, Record record) {
        return new StoredChange(Space.REMEMBERED, key(id), Optional.of(record));
    }

    static StoredChange forget(String id) {
        return new StoredChange(Space.REMEMBERED, key(id), Optional.empty());
    }

    /** Everything that the store answers of clients' keys in the partition, key by key. */
    static NavigableMap<Bytes, Record> content(KeyValueStore store, int partition) {
        NavigableMap<Bytes, Record> content = new TreeMap<>();
        for (Bytes key : keysFrom(store, partition, Bytes.EMPTY, ALL)) {
            content.put(key, store.read(partition, Space.KEYS, key).orElseThrow());
        }
        return content;
    }

    /** Everything of all spaces, as a snapshot has it. */
    static NavigableMap<SpaceKey, Record> everything(KeyValueStore store, int partition) {
        NavigableMap<SpaceKey, Record> everything = new TreeMap<>();
        try (SnapshotSource source = store.openSnapshot(partition)) {
            for (Bytes piece : pieces(source)) {
                KeyRecordsV1.read(piece)
                        .forEachRemaining(
                                pair -> everything.put(new SpaceKey(pair.space(), pair.key()), pair.record()));
            }
        }
        return everything;
    }

    /** All these keys in the space of clients' keys. */
    static NavigableMap<SpaceKey, Record> ofClients(Map<Bytes, Record> content) {
        NavigableMap<SpaceKey, Record> records = new TreeMap<>();
        content.forEach((key, record) -> records.put(new SpaceKey(Space.KEYS, key), record));
        return records;
    }

    static List<Bytes> pieces(Map<Bytes, Record> content) {
        return piecesOfAll(ofClients(content));
    }

    static List<Bytes> piecesOfAll(Map<SpaceKey, Record> records) {
        KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
        List<Bytes> pieces = new ArrayList<>();
        new TreeMap<>(records).forEach((at, record) -> {
            if (!packer.add(at.space(), at.key(), record, PIECE_BYTES)) {
                pieces.add(packer.take());
                packer.add(at.space(), at.key(), record, PIECE_BYTES);
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
        installAll(store, meta, ofClients(content));
    }

    static void installAll(KeyValueStore store, ReplicaMeta meta, Map<SpaceKey, Record> records) {
        SnapshotSink sink = store.stageSnapshot(meta.partition());
        piecesOfAll(records).forEach(sink::add);
        sink.install(meta);
    }

    /** What a store with these records has to say of those that expire. */
    static Expiries expiries(Map<SpaceKey, Record> records, long logTimeMillis, int limit) {
        return Expiries.among(
                records.entrySet().stream()
                        .map(each -> new Due(
                                each.getKey().space(),
                                each.getKey().key(),
                                each.getValue().expiresMillis())),
                logTimeMillis,
                limit);
    }

    /** What a store with these records has to say of its content. */
    static long digest(NavigableMap<SpaceKey, Record> records) {
        ContentDigest digest = new ContentDigest();
        records.forEach((at, record) -> digest.add(at.space(), at.key(), RecordCodecV1.encode(record)));
        return digest.value();
    }

    /** The folder as a process that dies now would leave it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static List<Bytes> keysFrom(KeyValueStore store, int partition, Bytes from, int limit) {
        return store.recordsFrom(partition, from, limit).stream()
                .map(KeyedRecord::key)
                .toList();
    }
}
