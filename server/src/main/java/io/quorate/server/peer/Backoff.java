package io.quorate.server.peer;

import java.util.random.RandomGenerator;

/**
 * The pauses between attempts to reach one peer: none before the first, then doubling, each shortened by up to half at
 * random so that many diallers do not come at the same moment. Not thread-safe.
 */
final class Backoff {
    static final long MIN_MILLIS = 10;
    static final long MAX_MILLIS = 1_000;

    private static final int MAX_DOUBLINGS = 7;

    private final RandomGenerator random;
    private int attempts;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait before the next attempt, 0 or {@value #MIN_MILLIS} to {@value #MAX_MILLIS}. */
    long nextMillis() {
        if (attempts == 0) {
            attempts = 1;
            return 0;
        }
        long longest = Math.min(MAX_MILLIS, (2 * MIN_MILLIS) << (attempts - 1));
        attempts = Math.min(attempts + 1, MAX_DOUBLINGS + 1);
        return longest - random.nextLong(longest / 2 + 1);
    }

    /** The peer has been reached and stayed: the next attempt is the first again. */
    void reset() {
        attempts = 0;
    }
}
