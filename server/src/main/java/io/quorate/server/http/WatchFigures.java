package io.quorate.server.http;

import java.util.concurrent.atomic.LongAdder;

/** How many watches there are, and what they were shown; written on the event loop, read from any thread. */
public final class WatchFigures {
    private volatile int open;
    private final LongAdder changes = new LongAdder();

    void open(int now) {
        open = now;
    }

    void written(int more) {
        changes.add(more);
    }

    /** Watches that are open. */
    public int open() {
        return open;
    }

    /** Changes that were written to watches since the start. */
    public long changes() {
        return changes.sum();
    }
}
