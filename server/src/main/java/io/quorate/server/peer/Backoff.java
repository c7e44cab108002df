package io.quorate.server.peer;

import java.util.random.RandomGenerator;

/**
 * The pauses between attempts to reach one peer: none before the first, then doubling up to a bound, each shortened by
 * up to half at random so that many diallers do not come at the same moment. Not thread-safe.
 */
final class Backoff {
    private final long minMillis;
    private final long maxMillis;
    private final RandomGenerator random;
    private boolean first = true;
    private long longestMillis;

    /** Pauses of {@code minMillis} to {@code maxMillis}, both positive. */
    Backoff(long minMillis, long maxMillis, RandomGenerator random) {
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
        this.random = random;
    }

    /** How long to wait before the next attempt, in milliseconds. */
    long nextMillis() {
        if (first) {
            first = false;
            longestMillis = minMillis;
            return 0;
        }
        longestMillis = Math.min(maxMillis, 2 * longestMillis);
        return Math.max(minMillis, longestMillis - random.nextLong(longestMillis / 2 + 1));
    }

    /** The peer has been reached and stayed: the next attempt is the first again. */
    void reset() {
        first = true;
    }
}
