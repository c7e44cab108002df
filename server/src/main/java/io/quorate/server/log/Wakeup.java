package io.quorate.server.log;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one sleeping thread; a call that comes while it is awake is kept for its next sleep. */
final class Wakeup {
    private final Semaphore calls = new Semaphore(0);

    void call() {
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    void sleep() {
        calls.acquireUninterruptibly();
        calls.drainPermits();
    }

    /** Returns whether it was called before the time was over. */
    boolean sleep(long millis) throws InterruptedException {
        boolean called = calls.tryAcquire(millis, TimeUnit.MILLISECONDS);
        calls.drainPermits();
        return called;
    }
}
