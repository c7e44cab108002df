package io.quorate.acceptance.torture;

import io.quorate.cli.Pause;
import java.util.concurrent.TimeUnit;

/** Notices when the machine gives this process no time: then it gives the cluster none either. */
final class MachineWatch implements AutoCloseable {
    private static final long STEP_MILLIS = 20;

    private final Thread thread = new Thread(this::watch, "machine-watch");
    private volatile long longestNanos;

    private MachineWatch() {
        thread.setDaemon(true);
    }

    static MachineWatch start() {
        MachineWatch watch = new MachineWatch();
        watch.thread.start();
        return watch;
    }

    private void watch() {
        long lastNanos = System.nanoTime();
        while (Pause.millis(STEP_MILLIS)) {
            long nowNanos = System.nanoTime();
            longestNanos = Math.max(longestNanos, nowNanos - lastNanos - TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS));
            lastNanos = nowNanos;
        }
    }

    /** The longest time so far by which it woke up too late. */
    long longestPauseMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
