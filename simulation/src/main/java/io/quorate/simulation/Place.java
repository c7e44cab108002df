package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import java.util.Comparator;

/** A key of one of the spaces of a partition's state. */
record Place(Space space, Bytes key) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.<Place>comparingInt(place -> place.space().code()).thenComparing(Place::key);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
