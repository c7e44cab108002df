package io.quorate.server.log;

/**
 * One segment of the log as it stands.
 *
 * @param use the number of this use of the file, greater than that of every segment before it
 * @param firstSequence the sequence number of its first record
 * @param lastSequence that of its last durable record, {@code firstSequence - 1} when it has none
 * @param sizeBytes the bytes that its file takes on disk, filled or not
 */
public record SegmentInfo(long use, long firstSequence, long lastSequence, long sizeBytes) {
    SegmentInfo reaching(long sequence) {
        return new SegmentInfo(use, firstSequence, sequence, sizeBytes);
    }
}
