package io.quorate.server.log;

/**
 * The sizes of a log.
 *
 * @param segmentBytes the size of a segment's file, a multiple of 4 KiB that holds at least one greatest block
 * @param blockBytes the size of the buffers in which blocks are put together, a multiple of 4 KiB up to 4 MiB; a longer
 *     record gets a block of its own size
 * @param maxRecordBytes the longest record, at most {@link SharedLog#MAX_RECORD_BYTES}
 * @param maxPendingBytes beyond this many waiting bytes {@link SharedLog#hasRoom()} is false
 * @param spareSegments how many recycled files are kept for later use; the rest are deleted
 * @param directWrites whether to go around the page cache
 */
public record LogSettings(
        int segmentBytes,
        int blockBytes,
        int maxRecordBytes,
        int maxPendingBytes,
        int spareSegments,
        DirectWrites directWrites) {
    /** The greatest segment, in bytes. */
    public static final int MAX_SEGMENT_BYTES = 64 << 20;

    /** How many times {@code maxPendingBytes} may wait before the log gives up. */
    public static final int PENDING_LIMIT_FACTOR = 4;

    /** How long closing waits for a segment on a full disk. */
    public static final int CLOSE_PATIENCE_MILLIS = 5_000;

    /** Refuses sizes that do not fit together. */
    public LogSettings {
        requireAligned("segmentBytes", segmentBytes);
        requireAligned("blockBytes", blockBytes);
        if (maxRecordBytes < 1 || maxRecordBytes > SharedLog.MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "maxRecordBytes is " + maxRecordBytes + ", must be 1 to " + SharedLog.MAX_RECORD_BYTES);
        }
        if (blockBytes > SharedLog.MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "blockBytes is " + blockBytes + ", must be at most " + SharedLog.MAX_RECORD_BYTES);
        }
        int greatestBlock = Math.max(blockBytes, BlockFormatV1.blockBytesFor(maxRecordBytes));
        if (segmentBytes < greatestBlock || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is " + segmentBytes + ", must be " + greatestBlock + " to " + MAX_SEGMENT_BYTES);
        }
        if (maxPendingBytes < 1 || spareSegments < 0) {
            throw new IllegalArgumentException("maxPendingBytes must be positive and spareSegments not negative");
        }
    }

    /** Segments of 16 MiB, buffers of 1 MiB, 16 MiB pending, two spare segments, direct when possible. */
    public static LogSettings standard() {
        return new LogSettings(16 << 20, 1 << 20, SharedLog.MAX_RECORD_BYTES, 16 << 20, 2, DirectWrites.WHEN_POSSIBLE);
    }

    /** The same with segments of another size. */
    public LogSettings withSegmentBytes(int bytes) {
        return new LogSettings(bytes, blockBytes, maxRecordBytes, maxPendingBytes, spareSegments, directWrites);
    }

    /** The same with another way to write. */
    public LogSettings withDirectWrites(DirectWrites writes) {
        return new LogSettings(segmentBytes, blockBytes, maxRecordBytes, maxPendingBytes, spareSegments, writes);
    }

    long pendingLimitBytes() {
        return (long) PENDING_LIMIT_FACTOR * maxPendingBytes;
    }

    private static void requireAligned(String name, int bytes) {
        if (bytes < BlockPrefix.ALIGNMENT_BYTES || bytes % BlockPrefix.ALIGNMENT_BYTES != 0) {
            throw new IllegalArgumentException(
                    name + " is " + bytes + ", must be a multiple of " + BlockPrefix.ALIGNMENT_BYTES);
        }
    }
}
