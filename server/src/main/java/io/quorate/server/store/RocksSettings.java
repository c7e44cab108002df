package io.quorate.server.store;

/**
 * What the RocksDB stores of one process share.
 *
 * @param cacheBytes for blocks of files, filters and indexes; what is written but not flushed counts towards it
 * @param writeBufferBytes of what is written but not flushed, from which on stores flush by themselves
 * @param backgroundJobs flushes and compactions of one store at the same time, at least 2
 */
public record RocksSettings(long cacheBytes, long writeBufferBytes, int backgroundJobs) {
    /** For a worker on a small machine. */
    public static final RocksSettings DEFAULT = new RocksSettings(96L << 20, 64L << 20, 2);

    public RocksSettings {
        if (writeBufferBytes <= 0 || cacheBytes < writeBufferBytes || backgroundJobs < 2) {
            throw new IllegalArgumentException("the cache must hold the write buffers, and two jobs are the least");
        }
    }
}
