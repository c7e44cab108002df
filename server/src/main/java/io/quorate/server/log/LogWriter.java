package io.quorate.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes pending blocks one after another: the next one is begun when the last one is on disk, never before.
 *
 * <p>Used by one thread.
 */
final class LogWriter {
    /** What a step came to. */
    enum Step {
        /** A block was made durable. */
        WROTE,
        /** Nothing is pending. */
        IDLE,
        /** A block is pending but no segment is ready for it. */
        STARVED
    }

    private final PendingRecords pending;
    private final SegmentSupply supply;
    private final SegmentCatalog catalog;
    private final LogCounters counters;
    private final Runnable housekeepingDue;
    private final long identity;
    private OpenSegment segment;
    private long durableNumber;
    private volatile long durableSequence;
    private @Nullable BlockBuffer next;

    LogWriter(LogStart start, PendingRecords pending, SegmentCatalog catalog, Runnable housekeepingDue) {
        this.pending = pending;
        this.catalog = catalog;
        this.housekeepingDue = housekeepingDue;
        supply = start.supply();
        counters = start.counters();
        identity = start.identity();
        segment = start.segment();
        durableNumber = start.durableNumber();
        durableSequence = start.info().lastSequence();
    }

    long durableSequence() {
        return durableSequence;
    }

    /** Writes one block if there is one. An exception means that what is on disk is unknown. */
    Step step() throws IOException {
        if (next == null) {
            next = pending.poll();
        }
        if (next == null) {
            return Step.IDLE;
        }
        if (!segment.hasRoomFor(next.blockBytes()) && !roll()) {
            counters.starved = true;
            return Step.STARVED;
        }
        counters.starved = false;
        BlockBuffer block = next;
        next = null;
        write(block);
        pending.written(block);
        return Step.WROTE;
    }

    /**
     * Ends the log with an empty block: it proves that the last block with records was durable, so damage to that one is
     * not taken for a write that a crash interrupted. Left out when no segment has room for it.
     */
    void close() throws IOException {
        BlockBuffer last = new BlockBuffer(BlockPrefix.ALIGNMENT_BYTES);
        last.reset(durableSequence + 1);
        if (segment.hasRoomFor(last.blockBytes()) || roll()) {
            write(last);
        }
        segment.close();
    }

    private boolean roll() throws IOException {
        OpenSegment following = supply.take();
        if (following == null) {
            return false;
        }
        segment.close();
        segment = following;
        catalog.rolled(segment.use(), segment.sizeBytes());
        housekeepingDue.run();
        return true;
    }

    private void write(BlockBuffer block) throws IOException {
        ByteBuffer bytes = block.seal(segment.use(), identity, durableNumber + 1, durableNumber);
        int length = bytes.remaining();
        long began = System.nanoTime();
        segment.write(bytes);
        counters.syncNanosTotal.addAndGet(System.nanoTime() - began);
        counters.syncs.incrementAndGet();
        counters.bytesWritten.addAndGet(length);
        counters.recordsWritten.addAndGet(block.recordCount());
        durableNumber++;
        durableSequence = block.lastSequence();
        if (catalog.wrote(durableSequence)) {
            housekeepingDue.run();
        }
    }
}
