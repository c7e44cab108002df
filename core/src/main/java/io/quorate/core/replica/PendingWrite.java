package io.quorate.core.replica;

import io.quorate.api.Revision;
import org.jspecify.annotations.Nullable;

/** A write in the leader's log that is not answered yet. */
final class PendingWrite {
    final Origin origin;
    final Revision revision;
    /** Whether the key was there before; null until that has been looked up. */
    @Nullable Boolean existed;
    /** Applied, and waiting for nothing but {@link #existed}. */
    boolean committed;

    PendingWrite(Origin origin, Revision revision) {
        this.origin = origin;
        this.revision = revision;
    }
}
