package io.quorate.core.replica;

/** Checks of what must always hold; a failure is a bug and ends the process before it can do harm. */
final class Invariants {
    private Invariants() {}

    static void check(boolean holds, String violation) {
        if (!holds) {
            throw new IllegalStateException("invariant violated: " + violation);
        }
    }
}
