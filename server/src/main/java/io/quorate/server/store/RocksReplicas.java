package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a RocksDB store knows of its replicas, in memory as in the meta family; thread-safe. */
final class RocksReplicas {
    private static final int LOCKS = 64;

    private record Keys(int partition, int keyGeneration) {}

    private final RocksDatabase database;
    private final Map<Integer, ReplicaState> states = new ConcurrentHashMap<>();
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
    private final AtomicInteger lastKeyGeneration = new AtomicInteger();
    private final Queue<Keys> replaced = new ConcurrentLinkedQueue<>();

    private RocksReplicas(RocksDatabase database) {
        this.database = database;
    }

    /** Reads the meta family, after the format, and removes keys that belong to no replica. */
    static RocksReplicas load(RocksDatabase database) throws StoreRefusedException {
        checkFormat(database);
        RocksReplicas replicas = new RocksReplicas(database);
        try (RocksCursor cursor = database.metaCursor(MetaKeys.REPLICA)) {
            for (; cursor.valid(); cursor.next()) {
                replicas.take(ReplicaStateV2.decode(Bytes.wrap(cursor.value())), cursor.key());
            }
        } catch (MalformedException e) {
            throw StoreFormat.damaged(database.folder(), "the record of a replica", e);
        }
        replicas.removeUnowned();
        return replicas;
    }

    private static void checkFormat(RocksDatabase database) throws StoreRefusedException {
        byte[] format = database.value(RocksFamily.META, MetaKeys.format());
        if (format != null) {
            StoreFormat.check(Bytes.wrap(format), database.folder());
            return;
        }
        if (!database.isEmpty()) {
            throw new StoreRefusedException("the folder " + database.folder()
                    + " holds a RocksDB that is not Quorate's: choose another DATA_DIR");
        }
        try (RocksBatch batch = database.batch(0)) {
            batch.putFormat(StoreFormat.CURRENT);
            batch.write();
        }
        database.flush();
    }

    private void take(ReplicaState state, byte[] key) {
        if (!Bytes.wrap(MetaKeys.replica(state.meta().partition())).equals(Bytes.wrap(key))) {
            throw new MalformedException("it stands under the key of another");
        }
        put(state);
        lastKeyGeneration.accumulateAndGet(state.keyGeneration(), Math::max);
    }

    private void removeUnowned() {
        try (RocksCursor cursor = database.metaCursor(MetaKeys.UNOWNED)) {
            for (; cursor.valid(); cursor.next()) {
                ByteBuffer key = ByteBuffer.wrap(cursor.key()).position(1);
                int partition = key.getInt();
                int keyGeneration = key.getInt();
                database.removeUnowned(partition, keyGeneration);
                lastKeyGeneration.accumulateAndGet(keyGeneration, Math::max);
            }
        }
    }

    Map<Integer, ReplicaState> all() {
        return states;
    }

    @Nullable ReplicaState state(int partition) {
        return states.get(partition);
    }

    private void put(ReplicaState state) {
        states.put(state.meta().partition(), state);
    }

    /** What a state of the partition is changed under. */
    Object lock(int partition) {
        return locks[partition & (LOCKS - 1)];
    }

    /** A key generation that was never used in this store. */
    int freshKeyGeneration() {
        return lastKeyGeneration.incrementAndGet();
    }

    /** The state after a batch: within a generation the replica keeps its keys, else it gets fresh ones. */
    ReplicaState following(@Nullable ReplicaState current, ReplicaMeta meta) {
        return current != null && current.meta().generation() == meta.generation()
                ? new ReplicaState(meta, current.keyGeneration())
                : new ReplicaState(meta, freshKeyGeneration());
    }

    /** Writes the batch with the new state, whose keys are in it or on disk; called under the partition's lock. */
    void change(RocksBatch batch, @Nullable ReplicaState current, ReplicaState next) {
        batch.putReplica(next);
        if (current == null || !GenerationRule.replaces(current.meta(), next.meta())) {
            batch.write();
            put(next);
        } else {
            Keys gone = new Keys(current.meta().partition(), current.keyGeneration());
            batch.markUnowned(gone.partition(), gone.keyGeneration());
            batch.write();
            put(next);
            replaced.add(gone);
        }
    }

    /**
     * Flushes, and removes keys that were replaced before: readers know by then that they go, and what a crash leaves
     * knows it too.
     */
    void flush() {
        List<Keys> removable = List.copyOf(replaced);
        database.flush();
        for (Keys keys : removable) {
            if (replaced.remove(keys)) {
                database.removeUnowned(keys.partition(), keys.keyGeneration());
            }
        }
    }
}
