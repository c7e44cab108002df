package io.quorate.core.controller;

import io.quorate.core.cluster.Now;

/** When something that may have been lost is said again: sooner at first, later and later then. */
final class Retry {
    private long nextNanos = Long.MIN_VALUE;
    private long pauseMillis = ControllerLimits.FIRST_REPEAT_MILLIS;

    /** Say it at once: something is different from before. */
    void reset() {
        nextNanos = Long.MIN_VALUE;
        pauseMillis = ControllerLimits.FIRST_REPEAT_MILLIS;
    }

    boolean due(Now now) {
        return nextNanos == Long.MIN_VALUE || now.monotonicNanos() - nextNanos >= 0;
    }

    void said(Now now) {
        nextNanos = now.monotonicNanos() + pauseMillis * Now.NANOS_PER_MILLI;
        pauseMillis = Math.min(2 * pauseMillis, ControllerLimits.LAST_REPEAT_MILLIS);
    }
}
