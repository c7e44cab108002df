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
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Snapshot;

/**
 * The store that keeps all replicas of a worker in one RocksDB without a write-ahead log.
 *
 * <p>The keys of a replica stand under a key generation of the store's own count: a snapshot is written under a fresh
 * one, and one record then says which is the replica's. Thread-safe; its calls go into native code, so they belong on
 * platform threads. After {@link #close} every call throws {@link IllegalStateException}.
 */
public final class RocksStore implements KeyValueStore {
    private static final int BYTES_PER_CHANGE = 160;
    private static final int MAX_EXPECTED_BYTES = 8 << 20;
    private static final int MAX_TURNS = 16;
    private static final long MAX_CHUNK_BYTES = 1 << 20;

    private final RocksDatabase database;
    private final RocksReplicas replicas;
    private final RocksExpiries expiries;
    private final StoreCounters counters = new StoreCounters();
    private final DamagedRecords damaged;

    private RocksStore(RocksDatabase database, RocksReplicas replicas) {
        this.database = database;
        this.replicas = replicas;
        this.expiries = new RocksExpiries(database);
        this.damaged = new DamagedRecords(database.folder(), counters);
    }

    /**
     * Opens the store in the folder, which is made when it is not there, and removes what unfinished snapshots left.
     * Refused when another store has it open, when its format is newer than this release, or when it is damaged.
     */
    public static RocksStore open(Path folder, RocksMemory memory) throws StoreRefusedException {
        RocksDatabase database = RocksDatabase.open(folder, memory);
        try (var _ = database.enter()) {
            return new RocksStore(database, RocksReplicas.load(database));
        } catch (StoreRefusedException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Map<Integer, ReplicaMeta> replicas() {
        try (var _ = database.enter()) {
            Map<Integer, ReplicaMeta> metas = new TreeMap<>();
            replicas.all().forEach((partition, state) -> metas.put(partition, state.meta()));
            return metas;
        }
    }

    @Override
    public void write(ReplicaMeta meta, List<StoredChange> changes) {
        GenerationRule.checkBatch(meta, changes.size());
        int expectedBytes = Math.min(MAX_EXPECTED_BYTES, BYTES_PER_CHANGE * (changes.size() + 1));
        try (var _ = database.enter();
                RocksBatch batch = database.batch(expectedBytes)) {
            synchronized (replicas.lock(meta.partition())) {
                ReplicaState current = replicas.state(meta.partition());
                if (!GenerationRule.accepts(current == null ? null : current.meta(), meta)) {
                    counters.discarded();
                    return;
                }
                ReplicaState next = replicas.following(current, meta);
                changes.forEach(change -> add(batch, next, change));
                replicas.change(batch, current, next);
                expiries.tidy(next, changes.size());
                counters.written(changes.size());
            }
        }
    }

    private static void add(RocksBatch batch, ReplicaState state, StoredChange change) {
        int partition = state.meta().partition();
        SpaceKey at = new SpaceKey(change.space(), change.key());
        Optional<Record> record = change.record();
        if (record.isPresent()) {
            batch.putRecord(partition, state.keyGeneration(), at, record.get());
        } else {
            batch.deleteRecord(partition, state.keyGeneration(), at);
        }
    }

    @Override
    public void sync() {
        try (var _ = database.enter()) {
            replicas.flush();
            counters.synced();
        }
    }

    @Override
    public Optional<Record> read(int partition, Space space, Bytes key) {
        counters.read();
        RocksFamily family = RocksFamily.of(space);
        byte[] encoded = inCurrent(
                partition, keyGeneration -> database.value(family, DataKeys.of(partition, keyGeneration, key)));
        return encoded == null ? Optional.empty() : decoded(partition, new SpaceKey(space, key), encoded);
    }

    private Optional<Record> decoded(int partition, SpaceKey at, byte[] encoded) {
        try {
            return Optional.of(RecordCodecV1.decode(Bytes.wrap(encoded)));
        } catch (MalformedException e) {
            damaged.found(partition, at, e);
            return Optional.empty();
        }
    }

    @Override
    public List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit) {
        List<KeyedRecord> records =
                inCurrent(partition, keyGeneration -> recordsFrom(partition, keyGeneration, from, limit));
        return records == null ? List.of() : records;
    }

    private List<KeyedRecord> recordsFrom(int partition, int keyGeneration, Bytes first, int limit) {
        List<KeyedRecord> records = new ArrayList<>();
        byte[] from = DataKeys.of(partition, keyGeneration, first);
        byte[] end = DataKeys.end(partition, keyGeneration);
        long bytes = 0;
        try (RocksCursor cursor = database.cursor(RocksFamily.DATA, from, end, null)) {
            while (records.size() < limit && (records.isEmpty() || bytes < MAX_CHUNK_BYTES) && cursor.valid()) {
                Bytes key = DataKeys.recordKey(cursor.key());
                byte[] value = cursor.value();
                decoded(partition, new SpaceKey(Space.KEYS, key), value)
                        .ifPresent(record -> records.add(new KeyedRecord(key, record)));
                bytes += key.length() + value.length;
                cursor.next();
            }
        }
        return records;
    }

    @Override
    public Expiries expired(int partition, long logTimeMillis, int limit) {
        try (var _ = database.enter()) {
            synchronized (replicas.lock(partition)) {
                ReplicaState now = replicas.state(partition);
                return now == null || !now.meta().present()
                        ? new Expiries(List.of(), Record.NEVER)
                        : expiries.find(now, logTimeMillis, limit);
            }
        }
    }

    @Override
    public long digest(int partition) {
        Long digest = inCurrent(partition, keyGeneration -> digest(partition, keyGeneration));
        return digest == null ? new ContentDigest().value() : digest;
    }

    private long digest(int partition, int keyGeneration) {
        ContentDigest digest = new ContentDigest();
        Snapshot view = database.beginView();
        try {
            for (Space space : Space.values()) {
                add(digest, space, partition, keyGeneration, view);
            }
        } finally {
            database.endView(view);
        }
        return digest.value();
    }

    private void add(ContentDigest digest, Space space, int partition, int keyGeneration, Snapshot view) {
        byte[] from = DataKeys.begin(partition, keyGeneration);
        byte[] end = DataKeys.end(partition, keyGeneration);
        try (RocksCursor cursor = database.cursor(RocksFamily.of(space), from, end, view)) {
            for (; cursor.valid(); cursor.next()) {
                ByteBuffer key = ByteBuffer.wrap(cursor.key()).position(DataKeys.PREFIX_BYTES);
                digest.add(space, key, ByteBuffer.wrap(cursor.value()));
            }
        }
    }

    @Override
    public SnapshotSource openSnapshot(int partition) {
        try (var _ = database.enter()) {
            synchronized (replicas.lock(partition)) {
                ReplicaState now = replicas.state(partition);
                return now == null || !now.meta().present()
                        ? PieceSource.empty()
                        : new RocksSnapshotSource(database, partition, now.keyGeneration());
            }
        }
    }

    @Override
    public SnapshotSink stageSnapshot(int partition) {
        try (var _ = database.enter()) {
            return new RocksSnapshotSink(database, replicas, partition, () -> {
                counters.installed();
                damaged.repaired(partition);
            });
        }
    }

    /** What it has done and holds. */
    public StoreStats stats() {
        try (var _ = database.enter()) {
            long jobs = database.property("rocksdb.num-running-flushes")
                    + database.sumOfFamilies("rocksdb.mem-table-flush-pending")
                    + database.property("rocksdb.num-running-compactions")
                    + database.sumOfFamilies("rocksdb.compaction-pending");
            return counters.stats(database.sumOfFamilies("rocksdb.total-sst-files-size"), jobs);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /**
     * Reads under the partition's key generation, again if a snapshot replaced it meanwhile: what was read may then have
     * been deleted already. Null when there is no replica.
     */
    private <T> @Nullable T inCurrent(int partition, IntFunction<@Nullable T> reading) {
        try (var _ = database.enter()) {
            for (int turn = 0; turn < MAX_TURNS; turn++) {
                ReplicaState before = replicas.state(partition);
                if (before == null || !before.meta().present()) {
                    return null;
                }
                T result = reading.apply(before.keyGeneration());
                ReplicaState after = replicas.state(partition);
                if (after != null && after.keyGeneration() == before.keyGeneration()) {
                    return result;
                }
            }
        }
        throw new IllegalStateException("partition " + partition + " was replaced " + MAX_TURNS + " times in one read");
    }
}
