package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.server.store.ReplicaStateV1.ReplicaState;
import org.rocksdb.ColumnFamilyHandle;
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

    void putRecord(int partition, int keyGeneration, Bytes key, Bytes encodedRecord) {
        put(database.dataFamily(), DataKeys.of(partition, keyGeneration, key), encodedRecord.toArray());
    }

    void deleteRecord(int partition, int keyGeneration, Bytes key) {
        try {
            content.delete(database.dataFamily(), DataKeys.of(partition, keyGeneration, key));
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    void deleteGeneration(int partition, int keyGeneration) {
        try {
            content.deleteRange(
                    database.dataFamily(),
                    DataKeys.begin(partition, keyGeneration),
                    DataKeys.end(partition, keyGeneration));
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    void putReplica(ReplicaState state) {
        put(
                database.metaFamily(),
                MetaKeys.replica(state.meta().partition()),
                ReplicaStateV1.encode(state).toArray());
    }

    void putFormat(int version) {
        put(
                database.metaFamily(),
                MetaKeys.format(),
                StoreFormat.encode(version).toArray());
    }

    void markUnowned(int partition, int keyGeneration) {
        put(database.metaFamily(), MetaKeys.unowned(partition, keyGeneration), new byte[0]);
    }

    void unmarkUnowned(int partition, int keyGeneration) {
        try {
            content.delete(database.metaFamily(), MetaKeys.unowned(partition, keyGeneration));
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    /** Writes all of it. */
    void write() {
        database.write(this);
    }

    WriteBatch content() {
        return content;
    }

    private void put(ColumnFamilyHandle family, byte[] key, byte[] value) {
        try {
            content.put(family, key, value);
        } catch (RocksDBException e) {
            throw database.failed("collecting a batch", e);
        }
    }

    @Override
    public void close() {
        content.close();
    }
}
