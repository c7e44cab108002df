package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers a leader's writes, those that more replicas than the write quorum are to have on disk once these have said so.
 *
 * <p>Such a write is applied when every other one would be; when its deadline comes first, it is answered with the
 * acknowledgements that there are.
 */
final class WideWrites {
    private static final long LONGEST_MARGIN_NANOS = 50 * Now.NANOS_PER_MILLI;

    private record Wanted(int acks, long deadlineNanos) {}

    private record Applied(Origin origin, Wanted wanted, Outcome.Applied outcome) {}

    private final WorkerContext context;
    private final Leader leader;
    private final ExplainedWrites explained;
    private final Map<Origin, Wanted> underWay = new LinkedHashMap<>();
    private final List<Applied> applied = new ArrayList<>();

    WideWrites(WorkerContext context, Leader leader) {
        this.context = context;
        this.leader = leader;
        this.explained = leader.explained();
    }

    /** Why so many replicas cannot be waited for, if they cannot. */
    Optional<Outcome> refusal(WriteRequest request) {
        int least = leader.configuration().writeQuorum();
        int most = leader.configuration().members().size();
        boolean fits = request.acks() == WriteRequest.AS_THE_CLUSTER
                || request.acks() == WriteRequest.ALL
                || (request.acks() >= least && request.acks() <= most);
        return fits
                ? Optional.empty()
                : Optional.of(new Outcome.NotApplied(
                        Problem.BAD_REQUEST,
                        "w=%d is refused: a write waits for at least WRITE_QUORUM=%d of its %d replicas, and w may only raise that, to %d or all"
                                .formatted(request.acks(), least, most, most)));
    }

    /** A write comes that is answered through {@link #answer}. */
    void take(Origin origin, WriteRequest request, long deadlineNanos) {
        long margin = Math.min(LONGEST_MARGIN_NANOS, Math.max(0, deadlineNanos - context.nanos()) / 8);
        if (request.explain()) {
            explained.take(origin, deadlineNanos - margin);
        }
        if (request.acks() != WriteRequest.AS_THE_CLUSTER) {
            int most = leader.configuration().members().size();
            underWay.put(origin, new Wanted(Math.min(request.acks(), most), deadlineNanos - margin));
        }
    }

    void answer(Origin origin, Outcome outcome) {
        Wanted wanted = underWay.remove(origin);
        if (wanted != null && outcome instanceof Outcome.Applied done) {
            applied.add(new Applied(origin, wanted, done));
            context.wakeBy(wanted.deadlineNanos());
            acknowledged();
        } else if (!waits(origin)) {
            explained.answer(origin, outcome);
        }
    }

    /** Whether this one, handed on twice, is applied and answered later. */
    private boolean waits(Origin origin) {
        return !applied.isEmpty()
                && applied.stream().anyMatch(each -> each.origin().equals(origin));
    }

    /** Somebody has more on disk than before. */
    void acknowledged() {
        if (!applied.isEmpty()) {
            answerIf(each -> acks(each) >= each.wanted().acks());
        }
    }

    /** Answers what is too late to wait any longer. */
    void tick() {
        explained.tick();
        if (!applied.isEmpty()) {
            answerIf(each -> each.wanted().deadlineNanos() <= context.nanos());
            applied.forEach(each -> context.wakeBy(each.wanted().deadlineNanos()));
        }
    }

    /** Others will hear of further replicas. */
    void stepDown() {
        answerIf(_ -> true);
        underWay.clear();
        explained.stepDown();
    }

    private void answerIf(Predicate<Applied> due) {
        List<Applied> answered = applied.stream().filter(due).toList();
        applied.removeAll(answered);
        answered.forEach(each -> explained.answer(each.origin(), each.outcome().with(acks(each))));
    }

    private int acks(Applied write) {
        return Math.max(
                write.outcome().acks(),
                leader.acknowledgements(write.outcome().revision().index()));
    }
}
