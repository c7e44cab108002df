package io.quorate.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Waits for RocksDB in tests. */
final class Rocks {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private Rocks() {}

    /** Returns when no flush or compaction runs: then the folder can be copied file by file. */
    static void awaitQuiet(RocksStore store) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (store.stats().backgroundJobs() > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
