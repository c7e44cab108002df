package io.quorate.core.replica;

/**
 * What of its log a leader keeps in memory for replicas that are sent a snapshot, or that lag behind and would need one
 * otherwise.
 *
 * <p>From the snapshot's position on, or from what the replica has acknowledged, everything is kept until the replica
 * has caught up with the log, up to a budget that all such replicas of one worker share. When it does not last, a
 * snapshot on its way is of no use and is given up, and the next one gets twice as much, as far as there is.
 */
final class Retention {
    /** The entries after an index are kept, up to so many bytes. */
    record Hold(long after, long bytes) {}

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;

    Retention(Replica replica, WorkerContext context, Leader leader) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
    }

    /** Keeps what is not applied yet for that replica; false when too much is kept for others. */
    boolean begin(Progress progress) {
        return begin(progress, replica.table().applied().index());
    }

    private boolean begin(Progress progress, long after) {
        long granted = context.startTransfer(progress.wantedBytes);
        if (granted > 0) {
            progress.hold = new Hold(after, granted);
        }
        return granted > 0;
    }

    /** Whether it is about to lose entries that it lacks, although it answers. */
    private boolean lags(Progress progress) {
        long match = progress.match;
        ReplicaLog log = replica.log();
        return progress.hold == null
                && !progress.diskIsGone
                && match >= log.base().index()
                && match < replica.table().applied().index()
                && log.bytesAfter(match) > context.settings.retainedBytes()
                && progress.silentNanos(context.nanos()) <= Replicator.MAX_LAG_SILENCE_NANOS;
    }

    void end(Progress progress) {
        if (progress.hold != null) {
            context.endTransfer(progress.hold.bytes());
            progress.hold = null;
        }
    }

    /** It has everything up to its match: nothing is kept any more for one that is near the log's end. */
    void caughtUp(Progress progress) {
        boolean near = replica.log().bytesAfter(progress.match) <= context.settings.retainedBytes();
        if (progress.hold != null && progress.snapshot == null && near) {
            end(progress);
            progress.wantedBytes = 0;
        }
    }

    /** Forgets applied entries, except those that are kept. */
    void trim() {
        ReplicaLog log = replica.log();
        long retained = context.settings.retainedBytes();
        long last = replica.table().applied().index();
        if (log.bytes() <= retained) {
            return;
        }
        for (Progress progress : leader.everybody()) {
            if (lags(progress)) {
                begin(progress, progress.match);
            }
            if (progress.hold != null && log.bytes() <= retained + progress.hold.bytes()) {
                last = Math.min(last, neededAfter(progress, progress.hold));
            }
        }
        log.trim(last, retained);
        for (Progress progress : leader.everybody()) {
            if (progress.hold != null
                    && neededAfter(progress, progress.hold) < log.base().index()) {
                progress.wantedBytes = 2 * progress.hold.bytes();
                leader.replicator().giveUp(progress);
            }
        }
    }

    private static long neededAfter(Progress progress, Hold hold) {
        return Math.max(hold.after(), progress.match);
    }
}
