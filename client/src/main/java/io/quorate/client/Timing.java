package io.quorate.client;

/** Time and chance, as the attempts see them. */
interface Timing extends AutoCloseable {
    /** Monotonic time in nanoseconds. */
    long nanoTime();

    /** A random number from 0 (inclusive) to 1 (exclusive). */
    double chance();

    /** Waits; false at once when it is closed. */
    boolean pause(long millis) throws InterruptedException;

    /** Whether it is closed: nothing more is to be sent. */
    boolean isClosed();

    /** Ends all waiting, now and later. */
    @Override
    void close();
}
