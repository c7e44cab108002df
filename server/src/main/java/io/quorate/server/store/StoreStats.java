package io.quorate.server.store;

/**
 * What a store has done since it was opened, and what it holds.
 *
 * @param reads records asked for
 * @param unreadableRecords records that were damaged and read as absent
 * @param batches written
 * @param changes in those batches
 * @param discardedBatches not written because another generation was current
 * @param syncs finished
 * @param snapshotsInstalled finished
 * @param diskBytes size of the data on disk, an estimate; 0 where the store does not count it
 * @param backgroundJobs flushes and compactions that run or wait
 */
public record StoreStats(
        long reads,
        long unreadableRecords,
        long batches,
        long changes,
        long discardedBatches,
        long syncs,
        long snapshotsInstalled,
        long diskBytes,
        long backgroundJobs) {}
