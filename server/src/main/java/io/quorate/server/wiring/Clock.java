package io.quorate.server.wiring;

import io.quorate.core.cluster.Now;

/** Where a process's time comes from. */
public interface Clock {
    /** The time at this moment. */
    Now now();

    /** The machine's clocks. */
    Clock SYSTEM = () -> new Now(System.nanoTime(), System.currentTimeMillis());
}
