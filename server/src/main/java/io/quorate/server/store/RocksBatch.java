package io.quorate.server.store;

import io.quorate.api.Record;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.wire.RecordCodecV1;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Writes that become visible together; used by one thread, inside the database. */
final class RocksBatch implements AutoCloseable {
    private final RocksDatabase database;
    private final WriteBatch content;

    RocksBatch(RocksDatabase database, int expectedBytes) {
        this.database = database;
        this.content = new WriteBatch(expectedBytes);
    }

    /** Puts a record, with its entry among the expiries when it expires. */
    void putRecord(int partition, int keyGeneration, SpaceKey at, Record record) {
        byte[] encoded = RecordCodecV1.encode(record).toArray();
        put(RocksFamily.of(at.space()), DataKeys.of(partition, keyGeneration, at.key()), encoded);
        if (record.expiresMillis() != Record.NEVER) {
            Due due = new Due(at.space(), at.key(), record.expiresMillis());
            put(RocksFamily.EXPIRY, ExpiryKeys.of(partition, keyGeneration, due), new byte[0]);
        }
    }

    /** Deletes a record; its entry among the expiries is removed when its time has come. */
    void deleteRecord(int partition, int keyGeneration, SpaceKey at) {
        delete(RocksFamily.of(at.space()), DataKeys.of(partition, keyGeneration, at.key()));
    }

    void deleteGeneration(int partition, int keyGeneration) {
        byte[] begin = DataKeys.begin(partition, keyGeneration);
        byte[] end = DataKeys.end(partition, keyGeneration);
        try {
            for (RocksFamily family : RocksFamily.GENERATIONS) {
                content.deleteRange(database.handle(family), begin, end);
            }
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    void putReplica(ReplicaState state) {
        put(
                RocksFamily.META,
                MetaKeys.replica(state.meta().partition()),
                ReplicaStateV2.encode(state).toArray());
    }

    void putFormat(int version) {
        put(RocksFamily.META, MetaKeys.format(), StoreFormat.encode(version).toArray());
    }

    void markUnowned(int partition, int keyGeneration) {
        put(RocksFamily.META, MetaKeys.unowned(partition, keyGeneration), new byte[0]);
    }

    void unmarkUnowned(int partition, int keyGeneration) {
        delete(RocksFamily.META, MetaKeys.unowned(partition, keyGeneration));
    }

    /** Writes all of it. */
    void write() {
        database.write(this);
    }

    WriteBatch content() {
        return content;
    }

    void put(RocksFamily family, byte[] key, byte[] value) {
        try {
            content.put(database.handle(family), key, value);
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    void delete(RocksFamily family, byte[] key) {
        try {
            content.delete(database.handle(family), key);
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    @Override
    public void close() {
        content.close();
    }
}
