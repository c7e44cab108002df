package io.quorate.core.controller;

import io.quorate.core.cluster.Now;

/** Comparisons of monotonic times. */
final class Elapsed {
    private Elapsed() {}

    /** Whether so many milliseconds have passed since then. */
    static boolean since(long thenNanos, long millis, Now now) {
        return now.monotonicNanos() - thenNanos >= millis * Now.NANOS_PER_MILLI;
    }

    /** Whole milliseconds since then. */
    static long millis(long thenNanos, Now now) {
        return (now.monotonicNanos() - thenNanos) / Now.NANOS_PER_MILLI;
    }
}
