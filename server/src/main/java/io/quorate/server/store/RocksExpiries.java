package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.RecordCodecV1;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in the expiry family which records of a replica have expired.
 *
 * <p>A record that is overwritten or deleted leaves its entry behind; it is removed when its time has come and no
 * record with that expiry stands behind it. Called inside the database and under the partition's lock: between
 * the look at a record and the removal of its entry no batch may write the same record again.
 */
final class RocksExpiries {
    /** Bounds a search that meets many entries which were left behind. */
    static final int MAX_REMOVED = 10_000;

    private static final int MAX_STANDING = 1_024;
    private static final int MIN_TIDIED = 100;

    private final RocksDatabase database;

    RocksExpiries(RocksDatabase database) {
        this.database = database;
    }

    /** As {@link io.quorate.core.port.KeyValueStore#expired}. */
    Expiries find(ReplicaState state, long logTimeMillis, int limit) {
        return find(state, logTimeMillis, limit, MAX_REMOVED);
    }

    /**
     * Removes entries that were left behind, faster than a batch of so many changes leaves others behind; after each
     * batch, since only a leader searches.
     */
    void tidy(ReplicaState state, int changes) {
        find(state, state.meta().logTimeMillis(), MAX_STANDING, 2 * changes + MIN_TIDIED);
    }

    private Expiries find(ReplicaState state, long logTimeMillis, int limit, int maxRemoved) {
        int partition = state.meta().partition();
        int keyGeneration = state.keyGeneration();
        byte[] begin = DataKeys.begin(partition, keyGeneration);
        byte[] end = DataKeys.end(partition, keyGeneration);
        List<Due> due = new ArrayList<>();
        List<byte[]> leftBehind = new ArrayList<>();
        long nextMillis = Record.NEVER;
        try (RocksCursor cursor = database.cursor(RocksFamily.EXPIRY, begin, end, null)) {
            for (; cursor.valid(); cursor.next()) {
                Due entry = ExpiryKeys.due(cursor.key());
                if (entry.expiresMillis() > logTimeMillis || due.size() == limit || leftBehind.size() == maxRemoved) {
                    nextMillis = entry.expiresMillis();
                    break;
                }
                if (stands(partition, keyGeneration, entry)) {
                    due.add(entry);
                } else {
                    leftBehind.add(cursor.key());
                }
            }
        }
        remove(leftBehind);
        return new Expiries(due, nextMillis);
    }

    /** Whether the entry's record is there with the entry's expiry; one that is damaged reads as absent. */
    private boolean stands(int partition, int keyGeneration, Due entry) {
        byte[] whole = DataKeys.of(partition, keyGeneration, entry.key());
        byte[] encoded = database.value(RocksFamily.of(entry.space()), whole);
        try {
            return encoded != null
                    && RecordCodecV1.decode(Bytes.wrap(encoded)).expiresMillis() == entry.expiresMillis();
        } catch (MalformedException damaged) {
            return false;
        }
    }

    private void remove(List<byte[]> entries) {
        if (!entries.isEmpty()) {
            try (RocksBatch batch = database.batch(0)) {
                entries.forEach(entry -> batch.delete(RocksFamily.EXPIRY, entry));
                batch.write();
            }
        }
    }
}
