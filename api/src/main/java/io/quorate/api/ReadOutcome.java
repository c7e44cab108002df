package io.quorate.api;

import java.util.Optional;
import java.util.OptionalLong;

/** What became of a read. */
public sealed interface ReadOutcome {
    /** Who answered, if somebody did. */
    default Optional<Served> answeredBy() {
        return switch (this) {
            case Found found -> Optional.of(found.served());
            case Missing missing -> Optional.of(missing.served());
            case NotServed _ -> Optional.empty();
        };
    }

    /** The key's record, and who answered. */
    record Found(Record record, Served served) implements ReadOutcome {}

    /** The key does not exist. */
    record Missing(Served served) implements ReadOutcome {}

    /** It was not answered; reads change nothing, so it may be asked again. */
    record NotServed(Problem problem, String detail) implements ReadOutcome {}

    /**
     * Who answered a read.
     *
     * @param worker the worker's id
     * @param role {@code leader}, {@code follower}, {@code learner} or {@code fenced}
     * @param consistency what was promised
     * @param applied the last entry applied to the replica that answered
     * @param stalenessMillis how long before the read, at most, what the answer lacks was acknowledged; 0 of a linearizable
     *     one, empty when nobody knows
     */
    record Served(String worker, String role, Consistency consistency, Revision applied, OptionalLong stalenessMillis) {
        /** An answer that lacks nothing, or nobody knows what. */
        public Served(String worker, String role, Consistency consistency, Revision applied) {
            this(
                    worker,
                    role,
                    consistency,
                    applied,
                    consistency == Consistency.LINEARIZABLE ? OptionalLong.of(0) : OptionalLong.empty());
        }
    }
}
