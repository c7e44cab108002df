package io.quorate.server.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to hold, with a bound. */
final class Waiting {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Waiting() {}

    /** What is waited for. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Condition condition) {
        long end = System.nanoTime() + BOUND_NANOS;
        try {
            while (!condition.holds()) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("it did not come to hold");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
