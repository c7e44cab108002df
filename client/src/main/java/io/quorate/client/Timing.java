package io.quorate.client;

/** Time and chance, as the attempts see them. */
interface Timing {
    /** Monotonic time in nanoseconds. */
    long nanoTime();

    /** A random number from 0 (inclusive) to 1 (exclusive). */
    double chance();

    /** Waits; false at once when the client is closed. */
    boolean pause(long millis) throws InterruptedException;

    /** Whether the client is closed: nothing more is to be sent. */
    boolean isClosed();
}
