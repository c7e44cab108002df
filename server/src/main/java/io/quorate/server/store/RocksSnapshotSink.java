package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.wire.RecordCodecV1;
import io.quorate.server.store.ReplicaStateV1.ReplicaState;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot on its way into RocksDB: written under a fresh key generation that is marked as nobody's until the
 * install.
 *
 * <p>A flush keeps everything written before some moment and nothing after it, so keys on disk without their mark and
 * without the replica's record do not exist, and what a crash leaves is removed at the next start.
 */
final class RocksSnapshotSink implements SnapshotSink {
    private final RocksDatabase database;
    private final RocksReplicas replicas;
    private final Runnable whenInstalled;
    private final int partition;
    private final int keyGeneration;
    private final OrderedPieces pieces = new OrderedPieces();
    private boolean finished;

    /** Called inside the database. */
    RocksSnapshotSink(RocksDatabase database, RocksReplicas replicas, int partition, Runnable whenInstalled) {
        this.database = database;
        this.replicas = replicas;
        this.whenInstalled = whenInstalled;
        this.partition = partition;
        this.keyGeneration = replicas.freshKeyGeneration();
        try (RocksBatch batch = database.batch(0)) {
            batch.markUnowned(partition, keyGeneration);
            batch.write();
        }
    }

    @Override
    public void add(Bytes piece) {
        checkUnfinished();
        try (var _ = database.enter();
                RocksBatch batch = database.batch(2 * piece.length())) {
            pieces.pairs(piece)
                    .forEach(pair ->
                            batch.putRecord(partition, keyGeneration, pair.key(), RecordCodecV1.encode(pair.record())));
            batch.write();
        }
    }

    @Override
    public void install(ReplicaMeta meta) {
        checkUnfinished();
        try (var _ = database.enter()) {
            @Nullable ReplicaState replaced = switchTo(meta);
            database.flush();
            finished = true;
            // Only now: the files that go at once would be missed if the switch were lost in a crash.
            if (replaced != null) {
                database.removeUnowned(partition, replaced.keyGeneration());
            }
            whenInstalled.run();
        }
    }

    /** Answers the state that was replaced; its keys stay until readers know and the disk does. */
    private @Nullable ReplicaState switchTo(ReplicaMeta meta) {
        synchronized (replicas.lock(partition)) {
            ReplicaState replaced = replicas.state(partition);
            GenerationRule.checkInstall(replaced == null ? null : replaced.meta(), meta, partition);
            ReplicaState next = new ReplicaState(meta, keyGeneration);
            try (RocksBatch batch = database.batch(0)) {
                batch.unmarkUnowned(partition, keyGeneration);
                batch.putReplica(next);
                if (replaced != null) {
                    batch.markUnowned(partition, replaced.keyGeneration());
                }
                batch.write();
            }
            replicas.put(next);
            return replaced;
        }
    }

    @Override
    public void abandon() {
        if (!finished) {
            finished = true;
            try (var _ = database.enter()) {
                database.removeUnowned(partition, keyGeneration);
            }
        }
    }

    private void checkUnfinished() {
        if (finished) {
            throw new IllegalStateException("the snapshot of partition " + partition + " was installed or abandoned");
        }
    }
}
