package io.quorate.client;

import io.quorate.api.Revision;
import io.quorate.client.WriteResult.Copies;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a batch of which all is done or nothing, as far as it could be learned within the deadline.
 *
 * <pre>{@code
 * switch (client.atomicBatch(List.of(takeFromOne, giveToOther))) {
 *     case AtomicResult.Applied moved -> confirm(moved.revision());
 *     case AtomicResult.ConditionFailed failed -> readAnew(failed.item());
 *     case AtomicResult.NotApplied(Refusal why) -> complain(why.detail());
 *     case AtomicResult.Unknown open -> askAgain(open);
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface AtomicResult {
    /**
     * All of it is on the disks of the write quorum and applied, once, however often it was sent.
     *
     * @param revision of every version that it wrote
     * @param items what each command came to, in their order
     * @param copies where it is; empty when the answer did not tell
     */
    record Applied(Revision revision, List<Done> items, Optional<Copies> copies) implements AtomicResult {
        public Applied {
            items = List.copyOf(items);
        }
    }

    /**
     * What one command came to.
     *
     * @param existed whether its key was there before it
     * @param sum the new number, for an addition
     * @param found what the key had, for a {@link io.quorate.api.Command.Get}: as those before it in the batch leave it
     */
    record Done(boolean existed, OptionalLong sum, Optional<ReadResult.Found> found) {
        /** Of a command that changes its key. */
        public Done(boolean existed, OptionalLong sum) {
            this(existed, sum, Optional.empty());
        }
    }

    /**
     * The condition of one of its commands did not hold; nothing was written.
     *
     * @param item the number of that command, from 0
     * @param current the revision that its key has, {@link Revision#NONE} when it does not exist
     */
    record ConditionFailed(int item, Revision current) implements AtomicResult {}

    /**
     * It is surely in no log, now and later.
     *
     * @param why the last reason that was given
     */
    record NotApplied(Refusal why) implements AtomicResult {}

    /**
     * One of its attempts may have been taken, and none told its fate in time: all of it or nothing may have been applied,
     * or be applied in the next moment.
     *
     * @param idempotencyKey the name under which the same batch can be sent again, within ten minutes, to learn its fate;
     *     see {@link QuorateClient#atomicBatch(List, AtomicResult.Unknown)}
     * @param detail a sentence for the person who reads it
     */
    record Unknown(String idempotencyKey, String detail) implements AtomicResult {}
}
