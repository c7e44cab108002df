package io.quorate.server.store;

import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that the RocksDB stores of one process share; their background threads are shared without it.
 *
 * <p>Thread-safe. A store keeps alive what it needs, so the order of closing does not matter.
 */
public final class RocksMemory implements AutoCloseable {
    private static final int CACHE_SHARD_BITS = 2;

    private final RocksSettings settings;
    private final LRUCache cache;
    private final WriteBufferManager writeBuffers;

    private RocksMemory(RocksSettings settings) {
        this.settings = settings;
        this.cache = new LRUCache(settings.cacheBytes(), CACHE_SHARD_BITS);
        this.writeBuffers = new WriteBufferManager(settings.writeBufferBytes(), cache);
    }

    /** Loads RocksDB's library; the memory itself is taken as stores need it. Refused when the library does not load. */
    public static RocksMemory allocate(RocksSettings settings) throws StoreRefusedException {
        RocksLibrary.load();
        return new RocksMemory(settings);
    }

    RocksSettings settings() {
        return settings;
    }

    LRUCache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
