package io.quorate.core.replica;

import io.quorate.api.Explanation;
import io.quorate.api.Outcome;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.Replication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers a leader's writes, and says of those whose clients asked how they went: which replica did what when.
 *
 * <p>Of other writes nothing is timed, kept or sent. A follower is told beforehand to look at such an entry and reports
 * when it has applied it; the answer waits for these reports, for a quarter of a second at most.
 */
final class ExplainedWrites {
    /** Writes of one leader that are explained at once; further ones are answered without. */
    static final int MAX_AT_ONCE = 64;

    private static final long PATIENCE_NANOS = 250 * Now.NANOS_PER_MILLI;

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final Map<Origin, WriteTrace> traces = new LinkedHashMap<>();

    ExplainedWrites(Replica replica, WorkerContext context, Leader leader) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
    }

    /** Whether there are such writes. */
    boolean isAsked() {
        return !traces.isEmpty();
    }

    /** A write comes whose answer is to say how it went, and to be given by then. */
    void take(Origin origin, long answerByNanos) {
        if (traces.size() < MAX_AT_ONCE) {
            traces.put(origin, new WriteTrace(context.nanos(), answerByNanos));
        }
    }

    /** A write is in the log. */
    void appended(PendingWrite write) {
        WriteTrace trace = traces.get(write.origin);
        if (trace != null) {
            trace.appended(write.revision, context.nanos());
        }
    }

    /** Entries are about to be sent to another replica. */
    void sending(Progress progress, long firstIndex, int count) {
        for (WriteTrace trace : traces.values()) {
            if (trace.isWithin(firstIndex, firstIndex + count) && trace.sending(progress.member, context.nanos())) {
                context.emit(new Effect.SendRequest(
                        progress.member.worker(),
                        new Replication.Trace(replica.partition, leader.term(), context.self, trace.index())));
            }
        }
    }

    /** Another replica has everything up to the index on disk. */
    void acknowledged(Progress progress, long index) {
        traces.values().stream()
                .filter(trace -> trace.isUpTo(index))
                .forEach(trace -> trace.acknowledged(progress.member, context.nanos()));
    }

    /** Another replica says what became of an entry. */
    void traced(Progress progress, Replication.Traced reply) {
        traces.values().stream()
                .filter(trace -> trace.isWithin(reply.index(), reply.index() + 1))
                .forEach(trace -> trace.traced(progress.member, reply));
        answerWhatIsComplete();
    }

    /** The leader's own disk has everything up to the index. */
    void durable(long index) {
        traces.values().stream()
                .filter(trace -> trace.isUpTo(index))
                .forEach(trace -> trace.acknowledged(context.self, context.nanos()));
    }

    /** Everything up to the index is committed. */
    void committed(long index) {
        traces.values().stream()
                .filter(trace -> trace.isUpTo(index))
                .forEach(trace -> trace.committed(context.nanos()));
    }

    void answer(Origin origin, Outcome outcome) {
        WriteTrace trace = traces.get(origin);
        if (trace != null && outcome instanceof Outcome.Applied applied && trace.explains(applied)) {
            trace.answered(applied, context.nanos(), context.nanos() + PATIENCE_NANOS);
            answerWhatIsComplete();
        } else {
            traces.remove(origin);
            replica.answers().written(origin, outcome);
        }
    }

    void tick() {
        if (!traces.isEmpty()) {
            answerWhatIsComplete();
        }
    }

    void stepDown() {
        List.copyOf(traces.keySet()).forEach(origin -> {
            WriteTrace trace = traces.remove(origin);
            if (trace != null) {
                trace.outcome().ifPresent(applied -> replica.answers().written(origin, applied));
            }
        });
    }

    private void answerWhatIsComplete() {
        List<Origin> complete = new ArrayList<>();
        traces.forEach((origin, trace) -> {
            if (trace.isComplete(leader.configuration()) || trace.answerByNanos() <= context.nanos()) {
                complete.add(origin);
            } else {
                context.wakeBy(trace.answerByNanos());
            }
        });
        for (Origin origin : complete) {
            WriteTrace trace = traces.remove(origin);
            if (trace != null) {
                Explanation how =
                        trace.explanation(replica.partition, context.self, leader.configuration(), context.nanos());
                trace.outcome().ifPresent(applied -> replica.answers().written(origin, applied.with(how)));
            }
        }
    }
}
