package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.SnapshotSink;
import io.quorate.core.wire.KeyRecordsV1.KeyRecord;

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
            for (KeyRecord pair : pieces.pairs(piece)) {
                SpaceKey at = new SpaceKey(pair.space(), pair.key());
                batch.putRecord(partition, keyGeneration, at, pair.record());
            }
            batch.write();
        }
    }

    @Override
    public void install(ReplicaMeta meta) {
        checkUnfinished();
        try (var _ = database.enter();
                RocksBatch batch = database.batch(0)) {
            synchronized (replicas.lock(partition)) {
                ReplicaState current = replicas.state(partition);
                GenerationRule.checkInstall(current == null ? null : current.meta(), meta, partition);
                batch.unmarkUnowned(partition, keyGeneration);
                replicas.change(batch, current, new ReplicaState(meta, keyGeneration));
            }
            finished = true;
            replicas.flush();
            whenInstalled.run();
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
