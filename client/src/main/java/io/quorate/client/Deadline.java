package io.quorate.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The moment from which nothing more is tried.
 *
 * @param atNanos monotonic time
 */
record Deadline(long atNanos) {
    static Deadline in(Duration time, long nowNanos) {
        return new Deadline(nowNanos + time.toNanos());
    }

    /** What is left in milliseconds, rounded down, at least 0. */
    long leftMillis(long nowNanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(atNanos - nowNanos));
    }
}
