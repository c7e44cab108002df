package io.quorate.server.log;

import java.util.concurrent.atomic.AtomicLong;

/** What the log's threads count while they work. */
final class LogCounters {
    final AtomicLong recordsWritten = new AtomicLong();
    final AtomicLong bytesWritten = new AtomicLong();
    final AtomicLong syncs = new AtomicLong();
    final AtomicLong syncNanosTotal = new AtomicLong();
    final AtomicLong segmentsFilled = new AtomicLong();
    final AtomicLong segmentsRecycled = new AtomicLong();
    final AtomicLong preparationFailures = new AtomicLong();
    volatile boolean starved;

    LogStats read(long pendingBytes) {
        return new LogStats(
                recordsWritten.get(),
                bytesWritten.get(),
                syncs.get(),
                syncNanosTotal.get(),
                pendingBytes,
                segmentsFilled.get(),
                segmentsRecycled.get(),
                preparationFailures.get(),
                starved);
    }
}
