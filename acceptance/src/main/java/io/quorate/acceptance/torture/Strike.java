package io.quorate.acceptance.torture;

import java.util.Set;

/**
 * A fault that has begun.
 *
 * @param what for the report: whom it strikes and how
 * @param struck the processes that it strikes
 * @param fromNanos when it began, or {@link #FROM_HEAL}
 * @param hold returns when it has lasted long enough
 * @param heal ends it
 */
record Strike(FaultKind kind, String what, Set<String> struck, long fromNanos, Runnable hold, Runnable heal) {
    /** Nothing can answer before it is healed. */
    static final long FROM_HEAL = Long.MIN_VALUE;

    Strike {
        struck = Set.copyOf(struck);
    }
}
