package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import java.util.Comparator;

/** Where a record stands in a partition; in the order in which snapshots and batches have them. */
record SpaceKey(Space space, Bytes key) implements Comparable<SpaceKey> {
    private static final Comparator<SpaceKey> ORDER =
            Comparator.comparing(SpaceKey::space).thenComparing(SpaceKey::key);

    @Override
    public int compareTo(SpaceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return switch (space) {
            case KEYS -> "key " + key;
            case REMEMBERED -> "idempotency key " + key;
        };
    }
}
