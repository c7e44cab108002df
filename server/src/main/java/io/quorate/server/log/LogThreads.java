package io.quorate.server.log;

import java.io.IOException;

/** The two threads of a log: one writes blocks, one keeps house. Both sleep while there is nothing to do. */
final class LogThreads {
    private static final long RETRY_MILLIS = 500;

    private final SegmentedLog log;
    private final LogFailure failure;
    private final Wakeup writerWakeup;
    private final Wakeup housekeepingWakeup;
    private final Thread writer;
    private final Thread housekeeper;
    private volatile boolean closing;
    private volatile boolean writerEnded;

    private LogThreads(SegmentedLog log, LogFailure failure, Wakeup writerWakeup, Wakeup housekeepingWakeup) {
        this.log = log;
        this.failure = failure;
        this.writerWakeup = writerWakeup;
        this.housekeepingWakeup = housekeepingWakeup;
        writer = Thread.ofPlatform().daemon().name("quorate-log-writer").unstarted(this::write);
        housekeeper = Thread.ofPlatform().daemon().name("quorate-log-segments").unstarted(this::keepHouse);
    }

    static LogThreads start(SegmentedLog log, LogFailure failure, Wakeup writerWakeup, Wakeup housekeepingWakeup) {
        LogThreads threads = new LogThreads(log, failure, writerWakeup, housekeepingWakeup);
        threads.writer.start();
        threads.housekeeper.start();
        return threads;
    }

    /** Returns when everything pending is written, or cannot be, and both threads have ended. */
    void stop() {
        closing = true;
        writerWakeup.call();
        join(writer);
        writerEnded = true;
        housekeepingWakeup.call();
        join(housekeeper);
    }

    private void write() {
        try {
            boolean more = true;
            while (more && !failure.isReported()) {
                boolean ending = closing; // read before the step: what was appended before closing is still seen by it
                more = switch (log.writeOnce()) {
                    case WROTE -> true;
                    case IDLE -> !ending && sleepUntilCalled();
                    case STARVED -> awaitSegment(ending);
                };
            }
            if (!failure.isReported()) {
                log.writeEnd();
            }
        } catch (Throwable unknown) {
            failure.report(unknown);
        }
    }

    private boolean sleepUntilCalled() {
        writerWakeup.sleep();
        return true;
    }

    private boolean awaitSegment(boolean ending) throws InterruptedException {
        if (!ending) {
            return sleepUntilCalled();
        }
        boolean called = writerWakeup.sleep(LogSettings.CLOSE_PATIENCE_MILLIS);
        if (!called) {
            failure.report(new IOException("the log was closed while the disk had no room for its last records"));
        }
        return called;
    }

    private void keepHouse() {
        try {
            while (!writerEnded && !failure.isReported()) {
                switch (log.tidyOnce()) {
                    case DONE -> {}
                    case NOTHING -> housekeepingWakeup.sleep();
                    case HINDERED -> housekeepingWakeup.sleep(RETRY_MILLIS);
                }
            }
        } catch (Throwable unknown) {
            failure.report(unknown);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
