package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replica's applied state as far as it is in memory: an active table over frozen ones over the store.
 *
 * <p>A frozen table may be dropped only after it was flushed, so that active, frozen and store together are always the
 * whole state.
 */
final class KeyTable {
    private static final int MAX_CACHED_TABLES = 3;

    private Map<Bytes, Lookup> active = new HashMap<>();
    private long activeBytes;
    private final Deque<FrozenTable> frozen = new ArrayDeque<>();
    private final Deque<FrozenTable> cached = new ArrayDeque<>();
    private LogPosition applied;
    private long logTimeMillis;
    private @Nullable FrozenTable firstOfItsOwn;

    KeyTable(LogPosition applied, long logTimeMillis) {
        this.applied = applied;
        this.logTimeMillis = logTimeMillis;
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

    long bytes() {
        long sum = activeBytes;
        for (FrozenTable table : frozen) {
            sum += table.bytes();
        }
        for (FrozenTable table : cached) {
            sum += table.bytes();
        }
        return sum;
    }

    Lookup lookup(Bytes key) {
        Lookup known = active.get(key);
        if (known == null) {
            known = inNewest(frozen, key);
        }
        return known == null ? inNewest(cached, key, elsewhere()) : known;
    }

    private Lookup elsewhere() {
        return firstOfItsOwn == null ? Lookup.NotInMemory.NOT_IN_MEMORY : Lookup.Absent.ABSENT;
    }

    private static @Nullable Lookup inNewest(Deque<FrozenTable> tables, Bytes key) {
        for (FrozenTable table : tables) {
            Lookup known = table.records().get(key);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    private static Lookup inNewest(Deque<FrozenTable> tables, Bytes key, Lookup otherwise) {
        Lookup known = inNewest(tables, key);
        return known == null ? otherwise : known;
    }

    void apply(Entry entry) {
        Invariants.check(entry.index() == applied.index() + 1, "entries applied out of order");
        for (Change change : entry.changes()) {
            switch (change) {
                case Change.Put put -> set(put.key(), new Lookup.Found(put.record()), EntrySizes.of(put));
                case Change.Delete delete -> set(delete.key(), Lookup.Absent.ABSENT, EntrySizes.of(delete));
                case Change.Barrier _, Change.Checksum _ -> {}
            }
        }
        applied = entry.position();
        logTimeMillis = entry.logTimeMillis();
    }

    private void set(Bytes key, Lookup state, long sizeBytes) {
        active.put(key, state);
        activeBytes += sizeBytes;
    }

    /** Moves the active table out of the way; flushing it brings the store to {@link #applied}. */
    FrozenTable freeze() {
        FrozenTable table = new FrozenTable(active, activeBytes);
        frozen.addFirst(table);
        active = new HashMap<>();
        activeBytes = 0;
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
        if (frozen.remove(table) && !table.records().isEmpty()) {
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
    void reset(LogPosition newApplied, long newLogTimeMillis) {
        active = new HashMap<>();
        activeBytes = 0;
        frozen.clear();
        cached.clear();
        firstOfItsOwn = null;
        applied = newApplied;
        logTimeMillis = newLogTimeMillis;
    }

    /** What memory knows of keys that begin with {@code prefix} and are greater than {@code after}, sorted. */
    NavigableMap<Bytes, Boolean> presence(Bytes prefix, Bytes after) {
        NavigableMap<Bytes, Boolean> known = new TreeMap<>();
        cached.descendingIterator().forEachRemaining(table -> collect(table.records(), prefix, after, known));
        frozen.descendingIterator().forEachRemaining(table -> collect(table.records(), prefix, after, known));
        collect(active, prefix, after, known);
        return known;
    }

    private static void collect(Map<Bytes, Lookup> table, Bytes prefix, Bytes after, Map<Bytes, Boolean> into) {
        table.forEach((key, state) -> {
            if (key.startsWith(prefix) && key.compareTo(after) > 0) {
                into.put(key, state instanceof Lookup.Found);
            }
        });
    }
}
