package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.SnapshotSource;
import io.quorate.core.wire.KeyRecordsV1;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    private final byte[] begin;
    private final byte[] end;
    private final long estimatedBytes;
    private final KeyRecordsV1.Packer packer = new KeyRecordsV1.Packer();
    private final Deque<Space> left = new ArrayDeque<>(List.of(Space.values()));
    private byte[] from;
    private boolean closed;

    /** Of this moment; called inside the database, under the partition's lock. */
    RocksSnapshotSource(RocksDatabase database, int partition, int keyGeneration) {
        this.database = database;
        this.partition = partition;
        this.view = database.beginView();
        this.begin = DataKeys.begin(partition, keyGeneration);
        this.end = DataKeys.end(partition, keyGeneration);
        this.from = begin;
        this.estimatedBytes = left.stream()
                .mapToLong(space -> database.sizeBytes(RocksFamily.of(space), begin, end))
                .sum();
    }

    @Override
    public Optional<Bytes> next(int maxBytes) {
        if (closed) {
            throw new IllegalStateException("the snapshot of partition " + partition + " is closed");
        }
        try (var _ = database.enter()) {
            while (!left.isEmpty() && addRest(left.getFirst(), maxBytes)) {
                left.removeFirst();
                from = begin;
            }
        }
        return packer.isEmpty() ? Optional.empty() : Optional.of(packer.take());
    }

    /** Adds what is left of the space; false when the piece is full before that. */
    private boolean addRest(Space space, int maxBytes) {
        try (RocksCursor cursor = database.cursor(RocksFamily.of(space), from, end, view)) {
            for (; cursor.valid(); cursor.next()) {
                if (!add(space, cursor.key(), cursor.value(), maxBytes)) {
                    from = cursor.key();
                    return false;
                }
            }
        }
        return true;
    }

    private boolean add(Space space, byte[] wholeKey, byte[] encoded, int maxBytes) {
        Bytes key = DataKeys.recordKey(wholeKey);
        Record record;
        try {
            record = RecordCodecV1.decode(Bytes.wrap(encoded));
        } catch (MalformedException e) {
            throw DamagedRecords.notCopied(database.folder(), partition, new SpaceKey(space, key), e);
        }
        return packer.add(space, key, record, maxBytes);
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
