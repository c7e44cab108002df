package io.quorate.core.cluster;

import java.util.Comparator;

/**
 * Where a log ends: logs are compared by last term first, then by last index.
 *
 * @param term the term of the entry, 0 before the first
 * @param index its index, from 1; 0 before the first
 */
public record LogPosition(long term, long index) implements Comparable<LogPosition> {
    /** Before the first entry. */
    public static final LogPosition START = new LogPosition(0, 0);

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::term).thenComparingLong(LogPosition::index);

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
