package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A write in the leader's log that is not answered yet. */
final class PendingWrite {
    final Origin origin;
    final Revision revision;
    final Optional<Bytes> result;
    /** What is answered when nothing but the refusal itself was logged, so that it is remembered. */
    final Optional<Outcome> refusal;
    /** Whether the key was there before; null until that has been looked up. */
    @Nullable Boolean existed;
    /** Applied, and waiting for nothing but {@link #existed}. */
    boolean committed;

    private PendingWrite(Origin origin, Revision revision, Optional<Bytes> result, Optional<Outcome> refusal) {
        this.origin = origin;
        this.revision = revision;
        this.result = result;
        this.refusal = refusal;
    }

    /** A write of which it is not known yet whether it replaces something. */
    PendingWrite(Origin origin, Revision revision) {
        this(origin, revision, Optional.empty(), Optional.empty());
    }

    static PendingWrite evaluated(Origin origin, Revision revision, boolean existed, Optional<Bytes> result) {
        PendingWrite write = new PendingWrite(origin, revision, result, Optional.empty());
        write.existed = existed;
        return write;
    }

    static PendingWrite refused(Origin origin, Revision revision, Outcome refusal) {
        PendingWrite write = new PendingWrite(origin, revision, Optional.empty(), Optional.of(refusal));
        write.existed = true;
        return write;
    }

    /** Its outcome once it is applied. */
    Outcome outcome(int acks, int replicas, int quorum) {
        return refusal.orElseGet(
                () -> new Outcome.Applied(revision, Boolean.TRUE.equals(existed), acks, replicas, quorum, result));
    }
}
