package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.log.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The entry that a leader is gathering: what arrives in one turn of the event loop becomes one entry.
 *
 * <p>An entry changes a key at most once, so that (term, index) names one version of a key.
 */
final class Batch {
    /** The most changes of one entry. */
    static final int MAX_CHANGES = 1_024;

    /** An entry is closed when it is larger than this, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private final Replica replica;
    private final WorkerContext context;
    private final long term;
    private final LogClock clock;
    private List<Change> changes = new ArrayList<>();
    private final Set<Bytes> keys = new HashSet<>();
    private final Set<Bytes> ids = new HashSet<>();
    private int bytes;
    private long logTimeMillis;
    private long closedMillis;

    Batch(Replica replica, WorkerContext context, long term) {
        this.replica = replica;
        this.context = context;
        this.term = term;
        ReplicaLog log = replica.log();
        long lastTime = log.holds(log.last().index())
                ? log.entryAt(log.last().index()).logTimeMillis()
                : replica.table().logTimeMillis();
        this.closedMillis = lastTime;
        this.clock = new LogClock(lastTime, context.now());
    }

    /** The index of the entry being gathered. */
    long index() {
        return replica.log().last().index() + 1;
    }

    /** The last index that some change was given. */
    long lastTaken() {
        return changes.isEmpty() ? index() - 1 : index();
    }

    /** The log time that a change made now gets. */
    long logTimeMillis() {
        if (changes.isEmpty()) {
            logTimeMillis = clock.next(context.now());
        }
        return logTimeMillis;
    }

    /** The log time of the last entry that some change was given. */
    long takenMillis() {
        return changes.isEmpty() ? closedMillis : logTimeMillis;
    }

    /** Makes room for a change of each of the keys, and of an idempotency key or session beside them, in one entry. */
    void makeRoomFor(List<Bytes> wanted, Optional<Bytes> id) {
        boolean isTaken = wanted.stream().anyMatch(keys::contains)
                || id.filter(ids::contains).isPresent();
        if (isTaken || isFull() || changes.size() + wanted.size() >= MAX_CHANGES) {
            close();
        }
    }

    /** Makes room for the end of a record. */
    void makeRoomFor(Change.Expire expire) {
        if (taken(expire.space()).contains(expire.key()) || isFull()) {
            close();
        }
    }

    private boolean isFull() {
        return changes.size() >= MAX_CHANGES - 1 || bytes >= MAX_BYTES;
    }

    private Set<Bytes> taken(Space space) {
        return switch (space) {
            case KEYS -> keys;
            case REMEMBERED -> ids;
        };
    }

    /** Adds a change for which there is room. */
    void add(Change change) {
        switch (change) {
            case Change.Put put -> keys.add(put.key());
            case Change.Delete delete -> keys.add(delete.key());
            case Change.Expire expire -> taken(expire.space()).add(expire.key());
            case Change.Remember remember -> ids.add(remember.id());
            case Change.Renew renew -> ids.add(renew.id());
            case Change.Barrier _, Change.Checksum _, Change.Time _ -> {}
        }
        logTimeMillis();
        context.touch(replica);
        changes.add(change);
        bytes += EntrySizes.of(change);
    }

    /** Makes the entry part of the log. */
    void close() {
        if (changes.isEmpty()) {
            return;
        }
        ReplicaLog log = replica.log();
        Entry entry = new Entry(term, index(), log.last().term(), logTimeMillis, replica.commitIndex(), changes);
        log.append(entry, context.persist(new LogRecord.EntryWritten(replica.partition, entry), replica));
        closedMillis = logTimeMillis;
        changes = new ArrayList<>();
        keys.clear();
        ids.clear();
        bytes = 0;
    }
}
