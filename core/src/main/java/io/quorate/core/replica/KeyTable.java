package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import io.quorate.core.port.ReplicaMeta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replica's applied state as far as it is in memory: an active table over frozen ones over the store.
 *
 * <p>A frozen table may be dropped only after it was flushed, so that active, frozen and store together are always the
 * whole state.
 */
final class KeyTable {
    private static final int MAX_CACHED_TABLES = 3;

    private Layer active = new Layer();
    private final Deque<FrozenTable> frozen = new ArrayDeque<>();
    private final Deque<FrozenTable> cached = new ArrayDeque<>();
    private LogPosition applied;
    private long logTimeMillis;
    private int remembered;
    private @Nullable FrozenTable firstOfItsOwn;

    KeyTable(LogPosition applied, long logTimeMillis, int remembered) {
        this.applied = applied;
        this.logTimeMillis = logTimeMillis;
        this.remembered = remembered;
    }

    /** Until this first flush has ended the store may hold the state of a replica that was here before. */
    void startsOver(FrozenTable firstFlush) {
        firstOfItsOwn = firstFlush;
    }

    LogPosition applied() {
        return applied;
    }

    long logTimeMillis() {
        return logTimeMillis;
    }

    /** How many idempotency keys and sessions are in the state. */
    int remembered() {
        return remembered;
    }

    long bytes() {
        long sum = active.bytes();
        for (FrozenTable table : frozen) {
            sum += table.bytes();
        }
        for (FrozenTable table : cached) {
            sum += table.bytes();
        }
        return sum;
    }

    /** What memory knows of the key, expired or not. */
    Lookup lookup(Space space, Bytes key) {
        Lookup known = active.get(space, key);
        if (known == null) {
            known = inNewest(frozen, space, key);
        }
        if (known == null) {
            known = inNewest(cached, space, key);
        }
        return known == null ? elsewhere() : known;
    }

    private Lookup elsewhere() {
        return firstOfItsOwn == null ? Lookup.NotInMemory.NOT_IN_MEMORY : Lookup.Absent.ABSENT;
    }

    private static @Nullable Lookup inNewest(Deque<FrozenTable> tables, Space space, Bytes key) {
        for (FrozenTable table : tables) {
            Lookup known = table.layer().get(space, key);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    void apply(Entry entry) {
        Invariants.check(entry.index() == applied.index() + 1, "entries applied out of order");
        for (Change change : entry.changes()) {
            apply(change);
        }
        applied = entry.position();
        logTimeMillis = entry.logTimeMillis();
    }

    private void apply(Change change) {
        int bytes = EntrySizes.of(change);
        switch (change) {
            case Change.Put put -> found(Space.KEYS, put.key(), put.record(), bytes);
            case Change.Delete delete -> active.set(Space.KEYS, delete.key(), Lookup.Absent.ABSENT, bytes);
            case Change.Remember remember -> {
                remembered++;
                found(Space.REMEMBERED, remember.id(), remember.record(), bytes);
            }
            case Change.Renew renew -> found(Space.REMEMBERED, renew.id(), renew.record(), bytes);
            case Change.Expire expire -> {
                remembered -= expire.space() == Space.REMEMBERED ? 1 : 0;
                active.set(expire.space(), expire.key(), Lookup.Absent.ABSENT, bytes);
            }
            case Change.Barrier _, Change.Checksum _, Change.Time _ -> {}
        }
    }

    private void found(Space space, Bytes key, Record record, int bytes) {
        active.set(space, key, new Lookup.Found(record), bytes);
    }

    /** Moves the active table out of the way; flushing it brings the store to {@link #applied}. */
    FrozenTable freeze() {
        FrozenTable table = new FrozenTable(active);
        frozen.addFirst(table);
        active = new Layer();
        return table;
    }

    /** The last of the frozen tables to be flushed, if some are not in the store yet. */
    Optional<FrozenTable> newestUnflushed() {
        return Optional.ofNullable(frozen.peekFirst());
    }

    /** The oldest frozen table is in the store now and becomes a cache. */
    void flushed(FrozenTable table) {
        if (table == firstOfItsOwn) {
            firstOfItsOwn = null;
        }
        if (frozen.remove(table) && !table.layer().isEmpty()) {
            cached.addFirst(table);
            while (cached.size() > MAX_CACHED_TABLES) {
                cached.removeLast();
            }
        }
    }

    /** Gives cached tables up, the oldest first; answers the bytes freed. */
    long evictOldest() {
        return cached.isEmpty() ? 0 : cached.removeLast().bytes();
    }

    /** Starts over on a state that a snapshot brought into the store. */
    void reset(ReplicaMeta state) {
        active = new Layer();
        frozen.clear();
        cached.clear();
        firstOfItsOwn = null;
        applied = state.applied();
        logTimeMillis = state.logTimeMillis();
        remembered = state.remembered();
    }

    /** How many keys changed since the last {@link #freeze}. */
    int activeKeys() {
        return active.of(Space.KEYS).size();
    }

    /** What memory knows of keys that begin with the prefix and the store does not have. */
    MemoryRange range(Bytes prefix) {
        Map<Bytes, Lookup> changed = new LinkedHashMap<>();
        active.of(Space.KEYS).forEach((key, state) -> {
            if (key.startsWith(prefix)) {
                changed.put(key, state);
            }
        });
        return new MemoryRange(logTimeMillis, changed, List.copyOf(frozen).reversed(), firstOfItsOwn != null);
    }
}
