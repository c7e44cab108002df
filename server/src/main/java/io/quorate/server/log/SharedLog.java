package io.quorate.server.log;

import io.quorate.api.Bytes;
import java.util.List;

/**
 * Where a worker's records become durable: one owner thread appends, one writer thread does the writing.
 *
 * <p>Records are opaque. What arrives while a block is being written goes into the next block, so batches grow with the
 * load and nothing waits for a timer. Only {@link #append} is bound to the owner thread; every other method may be
 * called from any thread.
 */
public interface SharedLog extends AutoCloseable {
    /** The longest record, in bytes; {@link LogSettings} may set less. */
    int MAX_RECORD_BYTES = 4 << 20;

    /**
     * Takes a record of 1 to {@link LogSettings#maxRecordBytes()} bytes and returns its sequence number: 1, 2, 3 and so
     * on without a gap, also across restarts. Returns at once; the record is durable when {@link #durableSequence()} has
     * reached its number.
     *
     * @throws IllegalArgumentException when the record is empty or too long
     * @throws IllegalStateException when the log has failed or was closed
     */
    long append(Bytes record);

    /**
     * Whether further client writes should be let in: false while more than {@link LogSettings#maxPendingBytes()} wait
     * for the disk. Records of the protocol may be appended all the same, up to
     * {@link LogSettings#PENDING_LIMIT_FACTOR} times as much; beyond that the log fails.
     */
    boolean hasRoom();

    /** The greatest sequence number that is on disk together with everything before it; 0 when nothing is. */
    long durableSequence();

    /** The segments that hold the log, oldest first; the last one is being written to. */
    List<SegmentInfo> segments();

    /**
     * Everything below the sequence number may be forgotten. Whole segments are recycled behind the scenes, oldest
     * first; a smaller number than before changes nothing.
     */
    void release(long belowSequence);

    /** Counters since the log was opened. */
    LogStats stats();

    /** The bytes that the log's file system still has for this process, or -1 when it does not say. */
    long freeBytes();

    /**
     * Writes what is pending and stops. Returns after the last write; if a full disk keeps the last records from being
     * written for {@link LogSettings#CLOSE_PATIENCE_MILLIS}, the log fails instead and they were never reported durable.
     */
    @Override
    void close();
}
