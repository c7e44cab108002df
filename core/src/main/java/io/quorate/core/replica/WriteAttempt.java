package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Space;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A write that the leader has taken and not evaluated yet. */
final class WriteAttempt {
    final Origin origin;
    final WriteRequest request;
    final long arrivedNanos;
    final long deadlineNanos;
    private final Map<Bytes, Lookup> keys = new TreeMap<>();
    private Lookup remembered = Lookup.NotInMemory.NOT_IN_MEMORY;

    WriteAttempt(Origin origin, WriteRequest request, long arrivedNanos, long deadlineNanos) {
        this.origin = origin;
        this.request = request;
        this.arrivedNanos = arrivedNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** The store has this of one of its keys in that space. */
    void loaded(Space space, Bytes key, Optional<Record> record) {
        saw(space, key, record.<Lookup>map(Lookup.Found::new).orElse(Lookup.Absent.ABSENT));
    }

    /** Memory has this: it is newer than what the store had, and may go to the store soon. */
    void saw(Space space, Bytes key, Lookup found) {
        switch (space) {
            case KEYS -> keys.put(key, found);
            case REMEMBERED -> remembered = found;
        }
    }

    /** What was last found of one of its keys. */
    Lookup known(Space space, Bytes key) {
        return switch (space) {
            case KEYS -> keys.getOrDefault(key, Lookup.NotInMemory.NOT_IN_MEMORY);
            case REMEMBERED -> remembered;
        };
    }
}
