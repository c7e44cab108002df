package io.quorate.core.replica;

import io.quorate.core.cluster.Now;
import java.util.TreeSet;

/** A comparison of every replica on this worker that follows with its leader's. */
final class Pull {
    /** What is not compared by then is reported as behind. */
    private static final long LIMIT_NANOS = 20_000 * Now.NANOS_PER_MILLI;

    private final WorkerContext context;
    private final Replicas replicas;
    private final long ticket;
    private final long startedNanos;
    private final TreeSet<Integer> open = new TreeSet<>();
    private int compared;
    private int repaired;
    private long bytes;

    Pull(WorkerContext context, Replicas replicas, long ticket) {
        this.context = context;
        this.replicas = replicas;
        this.ticket = ticket;
        this.startedNanos = context.nanos();
    }

    /** Asks all leaders at once; the ticket names the comparison. */
    void begin() {
        for (Replica replica : replicas.all()) {
            if (!replica.leads()) {
                open.add(replica.partition);
                replica.comparison().begin(ticket);
            }
        }
        context.wakeBy(startedNanos + LIMIT_NANOS);
    }

    void ended(int partition, Comparison.Result result, long snapshotBytes) {
        if (open.remove(partition)) {
            compared++;
            bytes += snapshotBytes;
            repaired += result == Comparison.Result.REPAIRED ? 1 : 0;
        }
    }

    /** Whether it is over; then its answer has been given. */
    boolean poll() {
        boolean late = context.nanos() - startedNanos >= LIMIT_NANOS;
        if (!open.isEmpty() && !late) {
            context.wakeBy(startedNanos + LIMIT_NANOS);
            return false;
        }
        context.emit(new Effect.PullDone(
                ticket,
                compared + open.size(),
                open.size(),
                repaired,
                bytes,
                (context.nanos() - startedNanos) / Now.NANOS_PER_MILLI));
        return true;
    }
}
