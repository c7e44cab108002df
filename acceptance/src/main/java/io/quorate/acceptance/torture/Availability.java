package io.quorate.acceptance.torture;

import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import java.util.ArrayList;
import java.util.List;

/** When writes to each partition succeeded; thread-safe. */
final class Availability {
    private final List<List<Operation>> successes = new ArrayList<>();

    Availability(int partitions) {
        for (int i = 0; i < partitions; i++) {
            successes.add(new ArrayList<>());
        }
    }

    /** Takes down a call if it is a write that succeeded. */
    void add(int partition, Operation done) {
        if (done.result() instanceof Result.Applied) {
            List<Operation> here = successes.get(partition);
            synchronized (here) {
                here.add(done);
            }
        }
    }

    /** Whether a write that was begun after that moment has succeeded. */
    boolean writtenSince(int partition, long nanos) {
        List<Operation> here = successes.get(partition);
        synchronized (here) {
            // They end in about the order in which they begin: the latest decide.
            for (int i = here.size() - 1; i >= 0 && here.get(i).endNanos() - nanos > 0; i--) {
                if (here.get(i).startNanos() - nanos > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The longest time in between without a write that succeeded; only writes begun after the first moment count. */
    long longestGapNanos(int partition, long fromNanos, long toNanos) {
        long[] ends;
        List<Operation> here = successes.get(partition);
        synchronized (here) {
            ends = here.stream()
                    .filter(done -> done.startNanos() - fromNanos > 0 && toNanos - done.endNanos() > 0)
                    .mapToLong(Operation::endNanos)
                    .sorted()
                    .toArray();
        }
        long longest = 0;
        long last = fromNanos;
        for (long end : ends) {
            longest = Math.max(longest, end - last);
            last = end;
        }
        return Math.max(longest, toNanos - last);
    }
}
