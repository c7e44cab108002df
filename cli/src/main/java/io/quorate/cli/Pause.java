package io.quorate.cli;

/** Waiting for time to pass. */
public final class Pause {
    private Pause() {}

    /** Answers whether the time has passed; not so when the thread is interrupted, which it stays. */
    public static boolean millis(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
