package io.quorate.acceptance.torture;

import java.util.Collection;
import java.util.List;

/**
 * How long partitions were not available, in milliseconds.
 *
 * @param samples one for each fault and partition that it affected
 */
record Percentiles(int samples, long p50Millis, long p99Millis, long maxMillis) {
    static Percentiles of(Collection<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Percentiles(0, 0, 0, 0)
                : new Percentiles(sorted.size(), at(sorted, 50), at(sorted, 99), sorted.getLast());
    }

    /** The smallest one that at least so many percent do not exceed. */
    private static long at(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
