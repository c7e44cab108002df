package io.quorate.core.replica;

import io.quorate.api.Record;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Space;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A write that the leader has taken and not evaluated yet. */
final class WriteAttempt {
    final Origin origin;
    final WriteRequest request;
    final long arrivedNanos;
    final long deadlineNanos;
    private final Map<Space, Lookup> known = new EnumMap<>(Space.class);

    WriteAttempt(Origin origin, WriteRequest request, long arrivedNanos, long deadlineNanos) {
        this.origin = origin;
        this.request = request;
        this.arrivedNanos = arrivedNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** The store has this of its key in that space. */
    void loaded(Space space, Optional<Record> record) {
        known.put(space, record.<Lookup>map(Lookup.Found::new).orElse(Lookup.Absent.ABSENT));
    }

    /** Memory has this of its key in that space: it is newer than what the store had, and may go to the store soon. */
    void saw(Space space, Lookup inMemory) {
        known.put(space, inMemory);
    }

    /** What was last found of its key. */
    Lookup known(Space space) {
        return known.getOrDefault(space, Lookup.NotInMemory.NOT_IN_MEMORY);
    }
}
