package io.quorate.core.controller;

import io.quorate.core.cluster.Now;

/** Lets leaderships be moved away from one worker on suspicion once in a while, all of them in one go. */
final class SuspicionBudget {
    private boolean spent;
    private long spentNanos;

    boolean allows(Now now) {
        return !spent
                || !Elapsed.since(spentNanos, ControllerLimits.SUSPICION_BATCH_MILLIS, now)
                || Elapsed.since(spentNanos, ControllerLimits.SUSPICION_PAUSE_MILLIS, now);
    }

    void spend(Now now) {
        if (!spent || Elapsed.since(spentNanos, ControllerLimits.SUSPICION_PAUSE_MILLIS, now)) {
            spent = true;
            spentNanos = now.monotonicNanos();
        }
    }

    void reset() {
        spent = false;
    }
}
