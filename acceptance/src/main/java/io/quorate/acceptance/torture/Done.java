package io.quorate.acceptance.torture;

/**
 * A call that has ended.
 *
 * @param client who called; a client makes one call at a time
 * @param startNanos before it was sent, by {@link System#nanoTime}
 * @param endNanos after its answer arrived
 */
record Done(int client, String key, Request request, long startNanos, long endNanos, Ending ending) {
    boolean isApplied() {
        return ending instanceof Ending.Applied;
    }
}
