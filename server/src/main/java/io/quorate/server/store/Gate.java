package io.quorate.server.store;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets calls into a store until it is closed, so that nothing is used after it was released.
 *
 * <p>Thread-safe. A call that is let in must not close the gate.
 */
final class Gate {
    /** A call inside; closing it is leaving, on the thread that entered. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Pass pass = lock.readLock()::unlock;
    private final String name;
    private String shut = "";

    /**
     * @param name of what is behind it, for messages
     */
    Gate(String name) {
        this.name = name;
    }

    /** Enters; throws {@link IllegalStateException} once it is shut. */
    Pass enter() {
        lock.readLock().lock();
        if (!shut.isEmpty()) {
            String why = shut;
            lock.readLock().unlock();
            throw new IllegalStateException(name + " is closed" + why);
        }
        return pass;
    }

    /** Runs it inside; does nothing once it is closed. */
    void ifOpen(Runnable call) {
        lock.readLock().lock();
        try {
            if (shut.isEmpty()) {
                call.run();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Waits until everybody has left, then runs {@code release} and lets nobody in any more. Does nothing when it was
     * closed before.
     */
    void close(Runnable release) {
        close("", release);
    }

    /** As {@link #close(Runnable)}, with what is to be said to those who come later. */
    void close(String reason, Runnable release) {
        lock.writeLock().lock();
        try {
            if (shut.isEmpty()) {
                shut = reason.isEmpty() ? "." : ": " + reason;
                release.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
