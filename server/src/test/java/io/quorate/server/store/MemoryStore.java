package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory that forgets in a crash what was not synced; thread-safe. */
final class MemoryStore implements KeyValueStore {
    private record Replica(ReplicaMeta meta, NavigableMap<SpaceKey, Record> records) {
        Replica copy() {
            return new Replica(meta, new TreeMap<>(records));
        }
    }

    private final NavigableMap<Integer, Replica> live;
    private final NavigableMap<Integer, Replica> durable = new TreeMap<>();
    private boolean closed;

    MemoryStore() {
        this.live = new TreeMap<>();
    }

    private MemoryStore(NavigableMap<Integer, Replica> survived) {
        this.live = survived;
        sync();
    }

    /** The store that a start after a crash finds. */
    synchronized MemoryStore afterCrash() {
        NavigableMap<Integer, Replica> survived = new TreeMap<>();
        durable.forEach((partition, replica) -> survived.put(partition, replica.copy()));
        return new MemoryStore(survived);
    }

    @Override
    public synchronized Map<Integer, ReplicaMeta> replicas() {
        checkOpen();
        Map<Integer, ReplicaMeta> metas = new TreeMap<>();
        live.forEach((partition, replica) -> metas.put(partition, replica.meta()));
        return metas;
    }

    @Override
    public synchronized void write(ReplicaMeta meta, List<StoredChange> changes) {
        checkOpen();
        GenerationRule.checkBatch(meta, changes.size());
        Replica current = live.get(meta.partition());
        if (!GenerationRule.accepts(current == null ? null : current.meta(), meta)) {
            return;
        }
        NavigableMap<SpaceKey, Record> records =
                current == null || GenerationRule.replaces(current.meta(), meta) ? new TreeMap<>() : current.records();
        changes.forEach(change -> {
            SpaceKey at = new SpaceKey(change.space(), change.key());
            records.remove(at);
            change.record().ifPresent(record -> records.put(at, record));
        });
        live.put(meta.partition(), new Replica(meta, records));
    }

    @Override
    public synchronized void sync() {
        checkOpen();
        live.forEach((partition, replica) -> {
            Replica synced = durable.get(partition);
            if (synced == null || !synced.meta().equals(replica.meta())) {
                durable.put(partition, replica.copy());
            }
        });
    }

    @Override
    public synchronized Optional<Record> read(int partition, Space space, Bytes key) {
        return Optional.ofNullable(records(partition).get(new SpaceKey(space, key)));
    }

    @Override
    public synchronized List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit) {
        return records(partition).tailMap(new SpaceKey(Space.KEYS, from), true).entrySet().stream()
                .filter(each -> each.getKey().space() == Space.KEYS)
                .map(each -> new KeyedRecord(each.getKey().key(), each.getValue()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Expiries expired(int partition, long logTimeMillis, int limit) {
        return Samples.expiries(records(partition), logTimeMillis, limit);
    }

    @Override
    public synchronized long digest(int partition) {
        return Samples.digest(records(partition));
    }

    @Override
    public synchronized SnapshotSource openSnapshot(int partition) {
        List<KeyRecord> pairs = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<SpaceKey, Record> each : records(partition).entrySet()) {
            Bytes key = each.getKey().key();
            pairs.add(new KeyRecord(each.getKey().space(), key, each.getValue()));
            bytes += key.length() + each.getValue().value().bytes().length();
        }
        return new PieceSource(pairs.stream().peek(_ -> checkOpen()).iterator(), bytes, () -> {});
    }

    @Override
    public SnapshotSink stageSnapshot(int partition) {
        checkOpen();
        return new Sink(partition);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private NavigableMap<SpaceKey, Record> records(int partition) {
        checkOpen();
        Replica replica = live.get(partition);
        return replica == null ? new TreeMap<>() : replica.records();
    }

    private synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store in memory is closed.");
        }
    }

    private synchronized void install(ReplicaMeta meta, int partition, NavigableMap<SpaceKey, Record> records) {
        checkOpen();
        @Nullable Replica current = live.get(partition);
        GenerationRule.checkInstall(current == null ? null : current.meta(), meta, partition);
        Replica next = new Replica(meta, records);
        live.put(partition, next);
        durable.put(partition, next.copy());
    }

    private final class Sink implements SnapshotSink {
        private final int partition;
        private final OrderedPieces pieces = new OrderedPieces();
        private final NavigableMap<SpaceKey, Record> records = new TreeMap<>();
        private boolean finished;

        Sink(int partition) {
            this.partition = partition;
        }

        @Override
        public void add(Bytes piece) {
            checkUnfinished();
            pieces.pairs(piece).forEach(pair -> records.put(new SpaceKey(pair.space(), pair.key()), pair.record()));
        }

        @Override
        public void install(ReplicaMeta meta) {
            checkUnfinished();
            MemoryStore.this.install(meta, partition, records);
            finished = true;
        }

        @Override
        public void abandon() {
            finished = true;
        }

        private void checkUnfinished() {
            checkOpen();
            if (finished) {
                throw new IllegalStateException("the snapshot of partition " + partition + " is finished");
            }
        }
    }
}
