package io.quorate.server.store;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a store does; thread-safe. */
final class StoreCounters {
    private final LongAdder reads = new LongAdder();
    private final LongAdder unreadableRecords = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder discardedBatches = new LongAdder();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder snapshotsInstalled = new LongAdder();

    void read() {
        reads.increment();
    }

    void unreadable() {
        unreadableRecords.increment();
    }

    void written(int changesInBatch) {
        batches.increment();
        changes.add(changesInBatch);
    }

    void discarded() {
        discardedBatches.increment();
    }

    void synced() {
        syncs.increment();
    }

    void installed() {
        snapshotsInstalled.increment();
    }

    StoreStats stats(long diskBytes, long backgroundJobs) {
        return new StoreStats(
                reads.sum(),
                unreadableRecords.sum(),
                batches.sum(),
                changes.sum(),
                discardedBatches.sum(),
                syncs.sum(),
                snapshotsInstalled.sum(),
                diskBytes,
                backgroundJobs);
    }
}
