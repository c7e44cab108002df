package io.quorate.client;

import io.quorate.api.Explanation;
import io.quorate.api.Revision;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a write, as far as it could be learned within the deadline.
 *
 * <pre>{@code
 * String said = switch (client.add(Bytes.utf8("visits"), 1)) {
 *     case WriteResult.Applied applied -> "visit " + applied.sum().orElseThrow();
 *     case WriteResult.ConditionFailed failed -> "somebody else was faster";
 *     case WriteResult.NotApplied(Refusal why) -> "not counted, try again: " + why.detail();
 *     case WriteResult.Unknown open -> "ask again: client.write(command, open)";
 * };
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface WriteResult extends BatchItemResult {
    /**
     * It is on the disks of the write quorum and applied, once, however often it was sent.
     *
     * @param revision of the version that it wrote; of the entry that removed the key for a delete
     * @param existed whether the key was there before
     * @param sum the new number, for an addition
     * @param copies where it is; empty for a delete and for an item of a batch, of which no answer tells it unless it was
     *     to be on more replicas than the write quorum
     * @param explanation how it went, if that was asked for
     */
    record Applied(
            Revision revision,
            boolean existed,
            OptionalLong sum,
            Optional<Copies> copies,
            Optional<Explanation> explanation)
            implements WriteResult {
        /** Without an explanation. */
        public Applied(Revision revision, boolean existed, OptionalLong sum, Optional<Copies> copies) {
            this(revision, existed, sum, copies, Optional.empty());
        }
    }

    /**
     * On how many disks a write is.
     *
     * @param acks replicas known to have it on disk when the answer was sent, the leader among them
     * @param replicas N
     * @param quorum W
     */
    record Copies(int acks, int replicas, int quorum) {}

    /**
     * Its condition did not hold; nothing was written.
     *
     * @param current the revision that the key has, {@link Revision#NONE} when it does not exist
     */
    record ConditionFailed(Revision current) implements WriteResult {}

    /**
     * It is surely in no log, now and later.
     *
     * @param why the last reason that was given
     */
    record NotApplied(Refusal why) implements WriteResult {}

    /**
     * One of its attempts may have been taken, and none told its fate in time: it may or may not have been applied, or be
     * applied in the next moment.
     *
     * @param idempotencyKey the name under which the same write can be sent again to learn its fate, within ten minutes
     *     if it is the caller's, and otherwise within one; see {@link QuorateClient#write(io.quorate.api.Command, WriteResult.Unknown)}
     * @param detail a sentence for the person who reads it
     */
    record Unknown(String idempotencyKey, String detail) implements WriteResult {}
}
