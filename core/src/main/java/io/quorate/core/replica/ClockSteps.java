package io.quorate.core.replica;

import io.quorate.core.cluster.Now;

/**
 * Notices when the wall clock and the monotonic clock part: somebody set the one, or the machine was suspended and the
 * other stood still.
 */
final class ClockSteps {
    private static final long MAX_STEP_MILLIS = 50;

    private long wallOffsetMillis;
    private long lastNanos = LeaseRule.NEVER;

    ClockSteps(Now now) {
        this.wallOffsetMillis = now.wallOffsetMillis();
    }

    /** Whether they parted since this was last asked. */
    boolean stepped(Now now) {
        long offset = now.wallOffsetMillis();
        boolean stepped = Math.abs(offset - wallOffsetMillis) > MAX_STEP_MILLIS;
        if (stepped) {
            lastNanos = now.monotonicNanos();
        }
        wallOffsetMillis = offset;
        return stepped;
    }

    /** When that was seen last, on the monotonic clock; {@link LeaseRule#NEVER} if it never was. */
    long lastNanos() {
        return lastNanos;
    }
}
