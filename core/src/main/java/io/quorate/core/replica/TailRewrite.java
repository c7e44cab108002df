package io.quorate.core.replica;

import java.util.Comparator;
import java.util.List;

/**
 * Writes entries that have waited for long to be applied once more at the shared log's end, so that a partition without
 * a quorum does not keep the oldest part of the log that all partitions share.
 *
 * <p>A replica's whole tail is written, in order, so what is read from its first copy on ends as the replica's log
 * stood, whatever of the originals is read before: an original that does not follow is passed over, one of the same
 * term is the same entry, and one of another term is superseded by its copy as it was by the first writing. Where all
 * originals are still there, or copies are missing at the end, the copies repeat what has been read and change nothing;
 * and the originals are forgotten only when all copies are on disk. Terms are in the store by then, as they are for
 * everything else that a checkpoint forgets.
 *
 * <p>Copies never take more than was written since the copies before, so a log that nobody writes to does not grow. A
 * log that is full takes no writes, and its oldest part is to go in any case.
 */
final class TailRewrite {
    /** A longer tail than this many times what one partition may have uncommitted is left where it is. */
    private static final int LIMIT_FACTOR = 2;

    private final WorkerContext context;
    private final Replicas replicas;
    private long checkpointBefore;
    private long writtenBefore;

    TailRewrite(WorkerContext context, Replicas replicas) {
        this.context = context;
        this.replicas = replicas;
    }

    /**
     * Called as a checkpoint begins: copies what the one before met already, the oldest first, and at one time no more
     * than about what one partition may have uncommitted, so that the disk is not kept from its other work.
     */
    void begin() {
        long older = checkpointBefore;
        checkpointBefore = context.lastSequence() + 1;
        long affordable = context.logIsFull() ? Long.MAX_VALUE : context.writtenBytes() - writtenBefore;
        long limit = LIMIT_FACTOR * context.settings.maxUncommittedBytes();
        long copied = 0;
        if (context.diskIsBehind()) {
            return;
        }
        for (Replica replica : waitingSinceBefore(older)) {
            copied += replica.unappliedBytes();
            if (copied > Math.min(limit, affordable)) {
                break;
            }
            replica.writeUnappliedAgain();
            writtenBefore = context.writtenBytes();
            limit = context.settings.maxUncommittedBytes();
        }
    }

    private List<Replica> waitingSinceBefore(long sequence) {
        return replicas.all().stream()
                .filter(replica -> replica.firstUnappliedSequence() < sequence)
                .sorted(Comparator.comparingLong(Replica::firstUnappliedSequence))
                .toList();
    }
}
