package io.quorate.core.replica;

import java.util.HashMap;
import java.util.Map;

/**
 * Brings the store up to the log, so that the log's oldest part may be forgotten.
 *
 * <p>Every replica is flushed, or its flush under way is waited for, the store is synced, then everything is released
 * that was written before the checkpoint began, except from the first entry on that is not applied yet. What waits for
 * longer than since the last checkpoint is written again before ({@link TailRewrite}) and does not keep the log.
 */
final class Checkpoint {
    private final WorkerContext context;
    private final Replicas replicas;
    private final TailRewrite rewrite;
    private final Map<Integer, FrozenTable> outstanding = new HashMap<>();
    private long number;
    private long belowSequence;
    private long lastCopy;
    private long installsBefore;
    private boolean running;
    private boolean storeIsSynced;

    Checkpoint(WorkerContext context, Replicas replicas) {
        this.context = context;
        this.replicas = replicas;
        this.rewrite = new TailRewrite(context, replicas);
    }

    boolean isRunning() {
        return running;
    }

    void begin() {
        if (running || anyInstalling()) {
            return;
        }
        running = true;
        storeIsSynced = false;
        number++;
        installsBefore = context.installs();
        belowSequence = context.lastSequence() + 1;
        rewrite.begin();
        lastCopy = context.lastSequence();
        for (Replica replica : replicas.all()) {
            belowSequence = Math.min(belowSequence, replica.firstUnappliedSequence());
            replica.flushForCheckpoint().ifPresent(table -> outstanding.put(replica.partition, table));
        }
        syncWhenFlushed();
    }

    private boolean anyInstalling() {
        return replicas.all().stream().anyMatch(Replica::isInstalling);
    }

    void flushed(int partition, FrozenTable table) {
        if (outstanding.remove(partition, table)) {
            syncWhenFlushed();
        }
    }

    private void syncWhenFlushed() {
        if (running && outstanding.isEmpty()) {
            context.emit(new Effect.SyncStore(number));
        }
    }

    /** A replica that is gone has nothing to flush. */
    void dropped(int partition) {
        if (outstanding.remove(partition) != null) {
            syncWhenFlushed();
        }
    }

    void synced(long checkpoint) {
        if (running && checkpoint == number) {
            storeIsSynced = true;
            releaseWhenDurable();
        }
    }

    /** More of the shared log is on disk. */
    void logSynced() {
        if (running && storeIsSynced) {
            releaseWhenDurable();
        }
    }

    private void releaseWhenDurable() {
        if (context.durableSequence() < lastCopy) {
            return;
        }
        running = false;
        if (installsBefore == context.installs() && !anyInstalling()) {
            context.emit(new Effect.ReleaseLog(belowSequence));
        }
    }
}
