package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers that depend on what the leader found and wrote nothing: each is given when all that it depends on has been
 * applied, and when it is certain that nobody else led when it was found.
 */
final class Refusals {
    private record Refusal(Origin origin, Outcome outcome, long afterIndex, long foundNanos, long deadlineNanos) {}

    /** The outcome is final whoever leads. */
    private static final long DECIDED = Long.MIN_VALUE;

    private final Replica replica;
    private final Leader leader;
    private final WideWrites wide;
    private final Deque<Refusal> waiting = new ArrayDeque<>();

    Refusals(Replica replica, Leader leader, WideWrites wide) {
        this.replica = replica;
        this.leader = leader;
        this.wide = wide;
    }

    /** Answers with {@code outcome}, which was found at {@code foundNanos} in the state after {@code afterIndex}. */
    void add(WriteAttempt attempt, Outcome outcome, long afterIndex, long foundNanos) {
        waiting.addLast(new Refusal(attempt.origin, outcome, afterIndex, foundNanos, attempt.deadlineNanos));
    }

    /** Answers with what an entry up to {@code afterIndex} says: once that is applied it holds whoever leads. */
    void addDecided(WriteAttempt attempt, Outcome outcome, long afterIndex) {
        add(attempt, outcome, afterIndex, DECIDED);
    }

    void answerCommitted() {
        long applied = replica.table().applied().index();
        while (!waiting.isEmpty() && waiting.getFirst().afterIndex() <= applied) {
            Refusal refusal = waiting.removeFirst();
            if (refusal.foundNanos() == DECIDED) {
                wide.answer(refusal.origin(), refusal.outcome());
            } else {
                confirm(refusal);
            }
        }
    }

    private void confirm(Refusal refusal) {
        leader.confirm(new Reads.Claim(
                refusal.origin(),
                refusal.foundNanos(),
                refusal.deadlineNanos(),
                () -> wide.answer(refusal.origin(), refusal.outcome()),
                detail -> wide.answer(refusal.origin(), new Outcome.NotApplied(Problem.NO_QUORUM, detail))));
    }

    void stepDown() {
        waiting.forEach(refusal -> replica.answers().notLeader(refusal.origin(), replica.term()));
        waiting.clear();
    }
}
