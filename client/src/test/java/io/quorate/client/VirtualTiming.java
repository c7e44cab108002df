package io.quorate.client;

import java.util.concurrent.TimeUnit;

/** Time that passes only when somebody waits, and chance that is always the least. */
final class VirtualTiming implements Timing {
    private long nowNanos = 5_000_000_000L;
    private boolean closed;

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public double chance() {
        return 0;
    }

    @Override
    public boolean pause(long millis) {
        pass(millis);
        return !closed;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Lets time pass. */
    void pass(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void close() {
        closed = true;
    }
}
