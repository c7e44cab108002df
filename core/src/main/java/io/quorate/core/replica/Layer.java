package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One memory table: the last state of the keys that changed while it was the active one. */
final class Layer {
    private final Map<Bytes, Lookup> keys = new HashMap<>();
    private final Map<Bytes, Lookup> remembered = new HashMap<>();
    private long bytes;

    Map<Bytes, Lookup> of(Space space) {
        return switch (space) {
            case KEYS -> keys;
            case REMEMBERED -> remembered;
        };
    }

    @Nullable Lookup get(Space space, Bytes key) {
        return of(space).get(key);
    }

    void set(Space space, Bytes key, Lookup state, long sizeBytes) {
        of(space).put(key, state);
        bytes += sizeBytes;
    }

    boolean isEmpty() {
        return keys.isEmpty() && remembered.isEmpty();
    }

    /** An estimate; a key that changed often counts as often. */
    long bytes() {
        return bytes;
    }
}
