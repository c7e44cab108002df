package io.quorate.core.port;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The committed state of a worker's replicas behind its memory tables.
 *
 * <p>All methods may block and are called on pool threads. Writes of one partition come one at a time; reads, scans and
 * snapshots may run beside them. A broken disk throws {@link java.io.UncheckedIOException}.
 */
public interface KeyValueStore extends AutoCloseable {
    /** Every replica of which something is stored, deleted ones included; unfinished staged snapshots are not. */
    Map<Integer, ReplicaMeta> replicas();

    /**
     * Writes changes, sorted by space and key and each key once, together with the replica's meta, all or nothing. When another
     * generation than {@code meta}'s is current, nothing is written. Durable only after {@link #sync}.
     */
    void write(ReplicaMeta meta, List<StoredChange> changes);

    /** When it returns, all that was written before survives a crash. */
    void sync();

    /** The record under the key in the current generation, expired or not. */
    Optional<Record> read(int partition, Space space, Bytes key);

    /**
     * Records under keys of {@link Space#KEYS} of the current generation, ascending, those not less than {@code from},
     * expired ones included; none only when there is none.
     *
     * @param limit at most so many, from 1; fewer when together they are larger than about a megabyte
     */
    List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit);

    /**
     * The records of the current generation, of all spaces, that have expired at {@code logTimeMillis}, those that
     * expired first first; found without looking at those that have not. There may be more than are found.
     *
     * @param limit at most so many, from 1
     */
    Expiries expired(int partition, long logTimeMillis, int limit);

    /**
     * A 64-bit digest of the current generation as it stands on disk: of every space and key in ascending order with
     * its record, equal for equal content whatever the store.
     */
    long digest(int partition);

    /** The partition's state at this moment, unmoved by later writes; the caller closes it. */
    SnapshotSource openSnapshot(int partition);

    /** Takes a snapshot in, apart from the current state, until it is installed or abandoned. */
    SnapshotSink stageSnapshot(int partition);

    @Override
    void close();
}
