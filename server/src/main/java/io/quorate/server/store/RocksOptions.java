package io.quorate.server.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteOptions;

/** How a store sets RocksDB up: no write-ahead log, families flushed together, little work while idle. */
final class RocksOptions implements AutoCloseable {
    private static final long RECORDS_BUFFER_BYTES = 32L << 20;
    private static final long META_BUFFER_BYTES = 4L << 20;
    private static final long DEFAULT_BUFFER_BYTES = 64L << 10;
    private static final long FILE_BYTES = 32L << 20;
    private static final long BLOCK_BYTES = 8L << 10;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int OPEN_FILES = 256;
    private static final long TEXT_LOG_BYTES = 1L << 20;
    private static final int TEXT_LOGS = 2;

    /** Released last to first. */
    private final Deque<AutoCloseable> natives = new ArrayDeque<>();

    private final DBOptions database;
    private final BloomFilter bloom;
    private final List<ColumnFamilyDescriptor> families;
    private final WriteOptions unlogged;
    private final FlushOptions flush;
    private final ReadOptions read;

    RocksOptions(RocksMemory memory) {
        bloom = keep(new BloomFilter(BLOOM_BITS_PER_KEY, false));
        database = databaseOptions(memory);
        families = Stream.of(RocksFamily.values())
                .map(family -> new ColumnFamilyDescriptor(family.nameBytes(), options(memory, family)))
                .toList();
        unlogged = keep(new WriteOptions()).setDisableWAL(true);
        flush = keep(new FlushOptions()).setWaitForFlush(true).setAllowWriteStall(true);
        read = keep(new ReadOptions());
    }

    private DBOptions databaseOptions(RocksMemory memory) {
        return keep(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setAtomicFlush(true)
                .setWriteBufferManager(memory.writeBuffers())
                .setMaxBackgroundJobs(memory.settings().backgroundJobs())
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxFileOpeningThreads(1)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setSkipStatsUpdateOnDbOpen(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(TEXT_LOG_BYTES)
                .setKeepLogFileNum(TEXT_LOGS);
    }

    private ColumnFamilyOptions options(RocksMemory memory, RocksFamily family) {
        return switch (family) {
            case UNUSED -> options(memory, DEFAULT_BUFFER_BYTES);
            case DATA, REMEMBERED, EXPIRY ->
                options(memory, RECORDS_BUFFER_BYTES)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
            case META -> options(memory, META_BUFFER_BYTES).setCompressionType(CompressionType.NO_COMPRESSION);
        };
    }

    private ColumnFamilyOptions options(RocksMemory memory, long bufferBytes) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(memory.cache())
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(bloom)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return keep(new ColumnFamilyOptions())
                .setWriteBufferSize(bufferBytes)
                .setTargetFileSizeBase(FILE_BYTES)
                .setTableFormatConfig(table);
    }

    DBOptions database() {
        return database;
    }

    /** All of {@link RocksFamily} in its order; the handles come in the same. */
    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    WriteOptions unlogged() {
        return unlogged;
    }

    FlushOptions flush() {
        return flush;
    }

    ReadOptions read() {
        return read;
    }

    private <T extends AutoCloseable> T keep(T object) {
        natives.push(object);
        return object;
    }

    @Override
    public void close() {
        for (AutoCloseable each : natives) {
            Closing.quietly(each);
        }
        natives.clear();
    }
}
