package io.quorate.server.log;

/**
 * What a log has done since it was opened.
 *
 * @param recordsWritten records made durable
 * @param bytesWritten bytes of the blocks written, padding included
 * @param syncs blocks made durable, each by one write and one sync
 * @param syncNanosTotal nanoseconds spent in those
 * @param pendingBytes bytes of records that wait for the disk now
 * @param segmentsFilled segments made from nothing
 * @param segmentsRecycled segments that were used again or kept for it
 * @param preparationFailures attempts to make the next segment that failed, as on a full disk
 * @param starved whether the writer waits for a segment now, because none could be made
 */
public record LogStats(
        long recordsWritten,
        long bytesWritten,
        long syncs,
        long syncNanosTotal,
        long pendingBytes,
        long segmentsFilled,
        long segmentsRecycled,
        long preparationFailures,
        boolean starved) {}
