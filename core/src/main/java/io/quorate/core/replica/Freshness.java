package io.quorate.core.replica;

import io.quorate.api.Consistency;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.core.cluster.LogPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How fresh the replicas on this worker are shown to be by what leaders answer through it.
 *
 * <p>A linearizable answer at position p to a request that was taken at time s shows: a state that has p has everything
 * that was acknowledged before s. When it was handed on does not count: handed on again, it may be answered by whoever had
 * it first. The same holds for a write that was applied as p, unless it repeats an older
 * one. No message is sent for it, and no clock but this worker's monotonic one is looked at.
 */
final class Freshness {
    /** What is kept of each partition while its replica is behind; what comes then is left out. */
    static final int MAX_PROOFS = 8;

    private record Proof(long sinceNanos, LogPosition position) {}

    private final WorkerContext context;
    private final Map<Integer, Deque<Proof>> proofs = new TreeMap<>();
    private final ClockSteps steps;

    Freshness(WorkerContext context) {
        this.context = context;
        this.steps = new ClockSteps(context.now());
    }

    /** What a leader answered to a read. */
    void shownBy(GatewayRequest request, int partition, ReadOutcome outcome) {
        outcome.answeredBy()
                .filter(served -> served.consistency() == Consistency.LINEARIZABLE)
                .ifPresent(served -> shown(partition, request.takenNanos, Positions.of(served.applied())));
    }

    /** What a leader answered to a write; the repetition of one shows nothing. */
    void shownBy(GatewayRequest request, int partition, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied && !request.request.isRepeatable()) {
            shown(partition, request.takenNanos, Positions.of(applied.revision()));
        }
    }

    /** A state of the partition that reaches the position has whatever was acknowledged before that time. */
    private void shown(int partition, long sinceNanos, LogPosition position) {
        forgetAfterClockStep();
        if (sinceNanos < steps.lastNanos()) {
            return;
        }
        Deque<Proof> known = proofs.computeIfAbsent(partition, _ -> new ArrayDeque<>());
        if (!known.isEmpty() && known.getLast().sinceNanos() >= sinceNanos) {
            return;
        }
        while (!known.isEmpty() && known.getLast().position().compareTo(position) >= 0) {
            known.removeLast();
        }
        if (known.size() < MAX_PROOFS) {
            known.addLast(new Proof(sinceNanos, position));
        }
    }

    /** How long ago, at most, what a state of the partition lacks was acknowledged; empty when that is not known. */
    OptionalLong stalenessNanos(int partition, LogPosition applied) {
        forgetAfterClockStep();
        Deque<Proof> known = proofs.getOrDefault(partition, new ArrayDeque<>());
        Proof reached = null;
        while (!known.isEmpty()
                && context.rules.freshness().reaches(applied, known.getFirst().position())) {
            reached = known.removeFirst();
        }
        if (reached == null) {
            return OptionalLong.empty();
        }
        known.addFirst(reached);
        return OptionalLong.of(context.nanos() - reached.sinceNanos());
    }

    /** While a machine is suspended its monotonic clock stands still, and its replicas grow old. */
    private void forgetAfterClockStep() {
        if (steps.stepped(context.now())) {
            proofs.clear();
        }
    }
}
