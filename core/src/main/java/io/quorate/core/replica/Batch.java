package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private int bytes;
    private long logTimeMillis;

    Batch(Replica replica, WorkerContext context, long term) {
        this.replica = replica;
        this.context = context;
        this.term = term;
        ReplicaLog log = replica.log();
        long lastTime = log.holds(log.last().index())
                ? log.entryAt(log.last().index()).logTimeMillis()
                : replica.table().logTimeMillis();
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

    long logTimeMillis() {
        if (changes.isEmpty()) {
            logTimeMillis = clock.next(context.now());
        }
        return logTimeMillis;
    }

    void makeRoomFor(Bytes key) {
        if (keys.contains(key) || changes.size() >= MAX_CHANGES || bytes >= MAX_BYTES) {
            close();
        }
    }

    void add(Bytes key, Change change) {
        keys.add(key);
        addOwn(change);
    }

    void addOwn(Change change) {
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
        changes = new ArrayList<>();
        keys.clear();
        bytes = 0;
    }
}
