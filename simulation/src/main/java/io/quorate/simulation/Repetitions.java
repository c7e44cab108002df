package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.core.cluster.Now;
import java.util.HashMap;
import java.util.Map;

/** What clients repeat: writes of which they do not know what became, and some of which they do. */
final class Repetitions {
    private static final int MOST_ATTEMPTS = 6;
    private static final long LONGEST_NANOS = 8_000 * Now.NANOS_PER_MILLI;
    private static final double KNOWN_ARE_REPEATED = 0.1;

    private final Simulation world;
    private final Map<Id, Outcome> known = new HashMap<>();

    /** Tells writes apart; sessions of different partitions may be opened at the same place. */
    private record Id(int partition, Bytes named) {}

    Repetitions(Simulation world) {
        this.world = world;
    }

    /** Whether the client does not know what became of a write that it may repeat. */
    boolean isOpen(Asked asked, Outcome outcome) {
        return asked.isRepeatable()
                && ((outcome instanceof Outcome.Unknown unknown && !unknown.forgotten())
                        || (outcome instanceof Outcome.NotApplied && asked.attempt() > 1));
    }

    boolean mayRepeat(Asked asked) {
        return asked.isRepeatable()
                && !isOfKnown(asked)
                && asked.attempt() < MOST_ATTEMPTS
                && world.time.nanos() - asked.startNanos() < LONGEST_NANOS;
    }

    /** Whether a client repeats a write though it was answered. */
    boolean repeatsKnown(Asked asked, Outcome outcome) {
        boolean decided = outcome instanceof Outcome.Applied || outcome instanceof Outcome.ConditionFailed;
        if (!decided || !mayRepeat(asked)) {
            return false;
        }
        if (asked.attempt() > 1) {
            world.coverage().happened(Coverage.Happening.REPEAT_ANSWERED);
        }
        boolean repeats = world.time.chance(KNOWN_ARE_REPEATED);
        if (repeats) {
            known.put(id(asked), outcome);
        }
        return repeats;
    }

    /** Whether it repeats a write that was answered. */
    boolean isOfKnown(Asked asked) {
        return asked.isRepeatable() && known.containsKey(id(asked));
    }

    private static Id id(Asked asked) {
        return new Id(asked.partition(), asked.write().flatMap(Named::of).orElseThrow());
    }

    /** The answer to a repetition is the first. */
    void check(Asked asked, Outcome outcome) {
        Outcome first = known.get(id(asked));
        boolean same = switch (outcome) {
            case Outcome.Applied again ->
                first instanceof Outcome.Applied before
                        && again.revision().equals(before.revision())
                        && again.existed() == before.existed()
                        && again.result().equals(before.result());
            case Outcome.ConditionFailed again -> again.equals(first);
            case Outcome.NotApplied _, Outcome.Unknown _ -> true;
        };
        if (!same) {
            throw new Violation(
                    Promise.REPEATED_IS_DONE_ONCE,
                    "%s was answered %s first and %s when it was repeated".formatted(asked, first, outcome));
        }
        if (outcome instanceof Outcome.Applied done) {
            world.coverage().happened(Coverage.Happening.REPEAT_ANSWERED);
            if (done.revision().term() < world.invariants().establishedTerm(asked.partition())) {
                world.coverage().happened(Coverage.Happening.REPEAT_ANSWERED_BY_ANOTHER);
            }
        }
    }
}
