package io.quorate.core.replica;

import io.quorate.api.Revision;
import io.quorate.core.cluster.LogPosition;

/** Log positions as clients see them. */
final class Positions {
    private Positions() {}

    static Revision revision(LogPosition position) {
        return new Revision(position.term(), position.index());
    }

    static LogPosition of(Revision revision) {
        return new LogPosition(revision.term(), revision.index());
    }
}
