package io.quorate.api;

import java.util.Optional;

/** What became of a write. */
public sealed interface Outcome {
    /**
     * It is on the disks of the write quorum and applied.
     *
     * @param revision of the version that it wrote; of the entry that removed the key for a delete
     * @param existed whether the key was there before
     * @param acks replicas known to have it on disk, the leader among them
     * @param replicas N
     * @param quorum W
     * @param result what the command answers beside that: the new number for {@link Command.Add}; for several commands
     *     what each came to, encoded
     * @param explanation how it went, if that was asked for
     */
    record Applied(
            Revision revision,
            boolean existed,
            int acks,
            int replicas,
            int quorum,
            Optional<Bytes> result,
            Optional<Explanation> explanation)
            implements Outcome {
        /** Without an explanation. */
        public Applied(Revision revision, boolean existed, int acks, int replicas, int quorum, Optional<Bytes> result) {
            this(revision, existed, acks, replicas, quorum, result, Optional.empty());
        }

        /** Without a result. */
        public Applied(Revision revision, boolean existed, int acks, int replicas, int quorum) {
            this(revision, existed, acks, replicas, quorum, Optional.empty());
        }

        /** The same, when so many are known to have it. */
        public Applied with(int knownAcks) {
            return new Applied(revision, existed, knownAcks, replicas, quorum, result, explanation);
        }

        /** The same, explained. */
        public Applied with(Explanation how) {
            return new Applied(revision, existed, acks, replicas, quorum, result, Optional.of(how));
        }
    }

    /**
     * It was evaluated and a condition did not hold; nothing was written.
     *
     * @param current the revision that the key has, {@link Revision#NONE} when it does not exist
     * @param item which of its commands has the condition, from 0
     */
    record ConditionFailed(Revision current, int item) implements Outcome {
        /** Of a write of one command. */
        public ConditionFailed(Revision current) {
            this(current, 0);
        }
    }

    /**
     * It is surely not in the log and will never be applied.
     *
     * @param problem why
     * @param detail a sentence for the person who reads it
     */
    record NotApplied(Problem problem, String detail) implements Outcome {}

    /**
     * It is in a log and its fate was not decided in time: it may or may not have been applied.
     *
     * @param detail a sentence for the person who reads it
     * @param forgotten whether nobody will ever tell: its session has forgotten it, or has ended. It is not applied any
     *     more, if it was not
     */
    record Unknown(String detail, boolean forgotten) implements Outcome {
        /** Of which somebody may know more. */
        public Unknown(String detail) {
            this(detail, false);
        }
    }
}
