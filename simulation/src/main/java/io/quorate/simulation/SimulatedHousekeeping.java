package io.quorate.simulation;

import io.quorate.core.cluster.Now;

/** What a worker looks at once in a while: how full its disk is, and how long its log has become. */
final class SimulatedHousekeeping {
    private static final long CHECK_NANOS = 1_000 * Now.NANOS_PER_MILLI;

    /** With more records than this in its log a worker takes no writes; with half as many it begins a checkpoint. */
    private static final int MOST_RECORDS = 400;

    private final SimulatedWorker worker;
    private boolean diskIsFull;

    SimulatedHousekeeping(SimulatedWorker worker) {
        this.worker = worker;
    }

    /** The process has started. */
    void begin() {
        tell();
        regularly();
    }

    void fullDisk(boolean full) {
        diskIsFull = full;
        tell();
    }

    private void regularly() {
        worker.whileAlive(CHECK_NANOS, () -> {
            tell();
            if (worker.disk().logRecords() > MOST_RECORDS / 2) {
                worker.act(core -> core.checkpoint(worker.now()));
            }
            regularly();
        });
    }

    private void tell() {
        boolean low = diskIsFull;
        boolean logIsFull = worker.disk().logRecords() > MOST_RECORDS;
        worker.act(core -> core.disk(low, logIsFull));
    }
}
