package io.quorate.server.log;

/** Told what becomes of appended records. Both methods must return quickly: nothing is written meanwhile. */
public interface LogListener {
    /** Everything up to the sequence number is on disk. Called on the writer thread, with growing numbers. */
    void durable(long sequence);

    /**
     * The log can no longer tell what is on disk, and refuses everything from now on: the process has to end. Called once
     * at most, on any thread.
     */
    void failed(Throwable cause);
}
