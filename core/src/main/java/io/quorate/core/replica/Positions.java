package io.quorate.core.replica;

import io.quorate.api.Revision;
import io.quorate.core.cluster.LogPosition;

/** A log position as clients see it. */
final class Positions {
    private Positions() {}

    static Revision revision(LogPosition position) {
        return new Revision(position.term(), position.index());
    }
}
