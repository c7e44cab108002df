package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What memory knew of a range of keys at one moment, to be laid over what the store had then. Thread-safe.
 *
 * <p>The store must not take anything in between that moment and the end of {@link #page}.
 */
public final class MemoryRange {
    private static final int MAX_CHUNK = 512;

    /** Reads from a store. */
    public interface Stored {
        /** At most {@code limit} records, ascending, of keys not less than {@code from}; none only at the end. */
        List<KeyedRecord> recordsFrom(Bytes from, int limit);
    }

    private final long logTimeMillis;
    private final Map<Bytes, Lookup> active;
    private final List<FrozenTable> frozen;
    private final boolean hidesStore;

    /**
     * @param active what the active table knew of keys with the prefix
     * @param frozen tables that are not in the store yet, the oldest first
     * @param hidesStore whether what the store has belongs to another replica
     */
    MemoryRange(long logTimeMillis, Map<Bytes, Lookup> active, List<FrozenTable> frozen, boolean hidesStore) {
        this.logTimeMillis = logTimeMillis;
        this.active = active;
        this.frozen = List.copyOf(frozen);
        this.hidesStore = hidesStore;
    }

    /** The page that was asked for; all keys that begin with its prefix are in the range. */
    public ScannedPage page(ScanRequest request, Stored stored) {
        NavigableMap<Bytes, Lookup> memory = memory(request);
        PageInProgress page = new PageInProgress(request, logTimeMillis);
        Bytes from = request.start();
        boolean last = false;
        while (!last) {
            List<KeyedRecord> chunk =
                    hidesStore ? List.of() : stored.recordsFrom(from, Math.min(MAX_CHUNK, request.limit() + 1));
            last = chunk.isEmpty() || !isWanted(request, chunk.getLast().key());
            Map<Bytes, Lookup> merged = last
                    ? memory.tailMap(from, true)
                    : memory.subMap(from, true, chunk.getLast().key(), true);
            Optional<Bytes> next = fill(page, laidOver(request, chunk, merged));
            if (next.isPresent()) {
                return page.end(next);
            }
            from = last ? from : chunk.getLast().key().successor();
        }
        return page.end(Optional.empty());
    }

    /** Where the page goes on when it is full. */
    private static Optional<Bytes> fill(PageInProgress page, Map<Bytes, Lookup> keys) {
        for (Map.Entry<Bytes, Lookup> each : keys.entrySet()) {
            if (page.isFull()) {
                return Optional.of(each.getKey());
            }
            page.look(each.getKey(), each.getValue());
        }
        return Optional.empty();
    }

    private static Map<Bytes, Lookup> laidOver(
            ScanRequest request, List<KeyedRecord> chunk, Map<Bytes, Lookup> memory) {
        Map<Bytes, Lookup> merged = new TreeMap<>();
        for (KeyedRecord stored : chunk) {
            if (isWanted(request, stored.key())) {
                merged.put(stored.key(), new Lookup.Found(stored.record()));
            }
        }
        merged.putAll(memory);
        return merged;
    }

    private NavigableMap<Bytes, Lookup> memory(ScanRequest request) {
        NavigableMap<Bytes, Lookup> known = new TreeMap<>();
        List<Map<Bytes, Lookup>> tables = new ArrayList<>();
        frozen.forEach(table -> tables.add(table.keys()));
        tables.add(active);
        for (Map<Bytes, Lookup> table : tables) {
            table.forEach((key, state) -> {
                if (isWanted(request, key)) {
                    known.put(key, state);
                }
            });
        }
        return known;
    }

    private static boolean isWanted(ScanRequest request, Bytes key) {
        return key.startsWith(request.prefix()) && key.compareTo(request.start()) >= 0;
    }
}
