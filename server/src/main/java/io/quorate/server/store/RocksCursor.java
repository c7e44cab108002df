package io.quorate.server.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** Goes through a range of a family in ascending order; used by one thread, inside the database. */
final class RocksCursor implements AutoCloseable {
    private static final long READ_AHEAD_BYTES = 256L << 10;

    private final RocksDatabase database;
    private final Slice end;
    private final ReadOptions options;
    private final RocksIterator iterator;

    RocksCursor(
            RocksDatabase database,
            RocksDB db,
            ColumnFamilyHandle family,
            byte[] from,
            byte[] end,
            @Nullable Snapshot view) {
        this.database = database;
        this.end = new Slice(end);
        // Long scans would push everything else out of the cache.
        this.options = new ReadOptions()
                .setIterateUpperBound(this.end)
                .setFillCache(false)
                .setReadaheadSize(READ_AHEAD_BYTES);
        if (view != null) {
            options.setSnapshot(view);
        }
        this.iterator = db.newIterator(family, options);
        iterator.seek(from);
    }

    /** Whether it stands on a pair; throws when it stopped because the disk failed. */
    boolean valid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw database.failed("reading", e);
        }
        return false;
    }

    void next() {
        iterator.next();
    }

    byte[] key() {
        return iterator.key();
    }

    byte[] value() {
        return iterator.value();
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        end.close();
    }
}
