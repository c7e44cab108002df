package io.quorate.cli.part;

import io.quorate.server.wiring.StartRefusedException;

/** A controller or a worker that can be started and stopped; used by one thread at a time. */
public interface Part {
    /** Its id. */
    String id();

    /** Starts it; returns when it answers on its ports. */
    void start() throws StartRefusedException;

    /** Stops it in order, within a bounded time; nothing happens when it does not run. */
    void stop();

    /** Whether it runs. */
    boolean isRunning();
}
