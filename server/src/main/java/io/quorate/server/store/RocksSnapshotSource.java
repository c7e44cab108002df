package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.wire.KeyRecordsV1;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.util.Optional;
import org.rocksdb.Snapshot;

/**
 * A partition in RocksDB at one moment.
 *
 * <p>A cursor lives for one piece only: one that lives as long as a slow transfer would keep written memory from being
 * given back.
 */
final class RocksSnapshotSource implements SnapshotSource {
    private final RocksDatabase database;
    private final int partition;
    private final Snapshot view;
    private final byte[] end;
    private final long estimatedBytes;
    private final KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
    private byte[] from;
    private boolean closed;

    /** Of this moment; called inside the database, under the partition's lock. */
    RocksSnapshotSource(RocksDatabase database, int partition, int keyGeneration) {
        this.database = database;
        this.partition = partition;
        this.view = database.beginView();
        this.from = DataKeys.begin(partition, keyGeneration);
        this.end = DataKeys.end(partition, keyGeneration);
        this.estimatedBytes = database.dataBytes(from, end);
    }

    @Override
    public Optional<Bytes> next(int maxBytes) {
        if (closed) {
            throw new IllegalStateException("the snapshot of partition " + partition + " is closed");
        }
        try (var _ = database.enter();
                RocksCursor cursor = database.dataCursor(from, end, view)) {
            while (cursor.valid() && add(cursor.key(), cursor.value(), maxBytes)) {
                cursor.next();
            }
            from = cursor.valid() ? cursor.key() : end;
        }
        return packer.isEmpty() ? Optional.empty() : Optional.of(packer.take());
    }

    private boolean add(byte[] wholeKey, byte[] encoded, int maxBytes) {
        Bytes key = DataKeys.clientKey(wholeKey);
        Record record;
        try {
            record = RecordCodecV1.decode(Bytes.wrap(encoded));
        } catch (MalformedException e) {
            throw DamagedRecords.notCopied(database.folder(), partition, key, e);
        }
        return packer.add(key, record, maxBytes);
    }

    @Override
    public long estimatedBytes() {
        return estimatedBytes;
    }

    @Override
    public void close() {
        closed = true;
        database.endView(view);
    }
}
