package io.quorate.core.replica;

import io.quorate.core.cluster.Now;

/**
 * The log time of a leader's entries: its wall clock, never going back, and never running ahead of its monotonic clock
 * by more than MAX_CLOCK_SKEW since it began to lead.
 */
final class LogClock {
    /** How far log time may run ahead of the monotonic clock, milliseconds. */
    static final long MAX_CLOCK_SKEW_MILLIS = 1_000;

    private final long startMillis;
    private final long startNanos;
    private long last;

    LogClock(long lastLogTimeMillis, Now now) {
        this.last = Math.max(lastLogTimeMillis, now.wallMillis());
        this.startMillis = last;
        this.startNanos = now.monotonicNanos();
    }

    long next(Now now) {
        long elapsed = (now.monotonicNanos() - startNanos) / Now.NANOS_PER_MILLI;
        long bound = startMillis + elapsed + MAX_CLOCK_SKEW_MILLIS;
        last = Math.max(last, Math.min(now.wallMillis(), bound));
        return last;
    }
}
