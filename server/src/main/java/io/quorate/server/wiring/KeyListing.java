package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.WorkerService.KeyPage;
import io.quorate.core.port.WorkerService.KeyQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;

/** A page of the keys that a worker holds: what memory knows of them laid over what the store has. */
final class KeyListing {
    private KeyListing() {}

    /**
     * @param presence by partition, what memory knows of keys after the query's position; taken before the store is read
     */
    static KeyPage page(KeyValueStore store, Map<Integer, NavigableMap<Bytes, Boolean>> presence, KeyQuery query) {
        TreeSet<Bytes> keys = new TreeSet<>();
        Bytes after = start(query);
        for (Map.Entry<Integer, NavigableMap<Bytes, Boolean>> partition : presence.entrySet()) {
            partition.getValue().forEach((key, present) -> {
                if (present) {
                    keys.add(key);
                }
            });
            keys.addAll(stored(store, partition.getKey(), partition.getValue(), after, query));
            while (keys.size() > query.limit() + 1) {
                keys.pollLast();
            }
        }
        boolean more = keys.size() > query.limit();
        return new KeyPage(keys.stream().limit(query.limit()).toList(), more);
    }

    /** Where the page begins: after the last key of the page before, or just before the prefix. */
    static Bytes start(KeyQuery query) {
        Bytes beforePrefix = justBefore(query.prefix());
        return query.after().filter(after -> after.compareTo(beforePrefix) > 0).orElse(beforePrefix);
    }

    /** A key that no key with the prefix is less than or equal to, unless it is the empty one. */
    private static Bytes justBefore(Bytes prefix) {
        if (prefix.isEmpty()) {
            return Bytes.EMPTY;
        }
        byte[] array = prefix.toArray();
        int last = array.length - 1;
        if (array[last] == 0) {
            return prefix.slice(0, last);
        }
        array[last]--;
        byte[] padded = java.util.Arrays.copyOf(array, array.length + io.quorate.api.Limits.MAX_KEY_BYTES);
        java.util.Arrays.fill(padded, array.length, padded.length, (byte) 0xff);
        return Bytes.wrap(padded);
    }

    private static List<Bytes> stored(
            KeyValueStore store, int partition, NavigableMap<Bytes, Boolean> known, Bytes after, KeyQuery query) {
        List<Bytes> found = new ArrayList<>();
        Bytes from = after;
        while (found.size() <= query.limit()) {
            List<Bytes> chunk = store.keysAfter(partition, from, query.limit() + 1);
            for (Bytes key : chunk) {
                if (!key.startsWith(query.prefix())) {
                    if (key.compareTo(query.prefix()) > 0) {
                        return found;
                    }
                } else if (!known.containsKey(key)) {
                    found.add(key);
                }
            }
            if (chunk.size() <= query.limit()) {
                return found;
            }
            from = chunk.getLast();
        }
        return found;
    }
}
