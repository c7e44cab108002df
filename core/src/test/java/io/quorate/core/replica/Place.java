package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import java.util.Comparator;

/** Where a record is in a store. */
record Place(Space space, Bytes key) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::space).thenComparing(Place::key);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
