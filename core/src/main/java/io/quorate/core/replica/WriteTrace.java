package io.quorate.core.replica;

import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.Outcome;
import io.quorate.api.Revision;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.message.Replication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When a leader heard what of one write, by its monotonic clock. */
final class WriteTrace {
    private static final long NANOS_PER_MICRO = 1_000;

    private static final class ReplicaTrace {
        long sentNanos = LeaseRule.NEVER;
        long acknowledgedNanos = LeaseRule.NEVER;
        Replication.@Nullable Traced report;
    }

    private final long arrivedNanos;
    private long answerByNanos;
    private final Map<String, ReplicaTrace> replicas = new TreeMap<>();
    private @Nullable Revision revision;
    private long appendedNanos;
    private long committedNanos = LeaseRule.NEVER;
    private long answeredNanos = LeaseRule.NEVER;
    private Outcome.@Nullable Applied outcome;

    WriteTrace(long arrivedNanos, long answerByNanos) {
        this.arrivedNanos = arrivedNanos;
        this.answerByNanos = answerByNanos;
    }

    void appended(Revision at, long nanos) {
        revision = at;
        appendedNanos = nanos;
    }

    /** Its entry; 0 before it is in the log. */
    long index() {
        return revision == null ? 0 : revision.index();
    }

    /** Whether it is in the log from {@code from} on and before {@code to}. */
    boolean isWithin(long from, long to) {
        return revision != null && revision.index() >= from && revision.index() < to;
    }

    boolean isUpTo(long index) {
        return revision != null && revision.index() <= index;
    }

    /** Answers whether that is the first time. */
    boolean sending(Member to, long nanos) {
        ReplicaTrace replica = of(to);
        boolean first = replica.sentNanos == LeaseRule.NEVER;
        if (first) {
            replica.sentNanos = nanos;
        }
        return first;
    }

    void acknowledged(Member by, long nanos) {
        ReplicaTrace replica = of(by);
        if (replica.acknowledgedNanos == LeaseRule.NEVER) {
            replica.acknowledgedNanos = nanos;
        }
    }

    void traced(Member by, Replication.Traced report) {
        of(by).report = report;
    }

    private ReplicaTrace of(Member member) {
        return replicas.computeIfAbsent(member.worker(), _ -> new ReplicaTrace());
    }

    void committed(long nanos) {
        if (committedNanos == LeaseRule.NEVER) {
            committedNanos = nanos;
        }
    }

    /** Whether the outcome is that of this write in this log: a repetition gets the outcome of an older one. */
    boolean explains(Outcome.Applied applied) {
        return applied.revision().equals(revision) && committedNanos != LeaseRule.NEVER;
    }

    /** There is an answer, which waits for reports until that time at most. */
    void answered(Outcome.Applied applied, long nanos, long patientUntilNanos) {
        outcome = applied;
        answeredNanos = nanos;
        answerByNanos = Math.min(answerByNanos, patientUntilNanos);
    }

    /** Until when reports are waited for; {@link Long#MAX_VALUE} while there is no answer. */
    long answerByNanos() {
        return outcome == null ? Long.MAX_VALUE : answerByNanos;
    }

    Optional<Outcome.Applied> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Whether there is an answer, and every other replica has reported. */
    boolean isComplete(Configuration configuration) {
        long reports = configuration.members().stream()
                .map(member -> replicas.get(member.worker()))
                .filter(replica -> replica != null && replica.report != null)
                .count();
        return outcome != null && reports >= configuration.members().size() - 1;
    }

    Explanation explanation(int partition, Member leader, Configuration configuration, long nowNanos) {
        List<ReplicaTimes> times = new ArrayList<>();
        times.add(ofLeader(leader));
        configuration.members().stream()
                .filter(member -> !member.equals(leader))
                .forEach(member -> times.add(ofFollower(member.worker(), of(member))));
        return new Explanation(
                leader.worker(),
                leader.worker(),
                partition,
                revision == null ? Revision.NONE : revision,
                configuration.writeQuorum(),
                0,
                micros(appendedNanos),
                micros(committedNanos),
                micros(answeredNanos),
                micros(nowNanos),
                times);
    }

    private ReplicaTimes ofLeader(Member leader) {
        OptionalLong onDisk = since(of(leader).acknowledgedNanos);
        return new ReplicaTimes(
                leader.worker(),
                OptionalLong.of(micros(appendedNanos)),
                onDisk,
                onDisk,
                OptionalLong.of(micros(committedNanos)));
    }

    private ReplicaTimes ofFollower(String worker, ReplicaTrace replica) {
        OptionalLong acknowledged = since(replica.acknowledgedNanos);
        Replication.Traced report = replica.report;
        if (report == null || acknowledged.isEmpty()) {
            return new ReplicaTimes(
                    worker, OptionalLong.empty(), OptionalLong.empty(), acknowledged, OptionalLong.empty());
        }
        long underWay = Math.max(0, (replica.acknowledgedNanos - replica.sentNanos - report.onDiskNanos()) / 2);
        long received = replica.sentNanos + underWay;
        return new ReplicaTimes(
                worker,
                since(received),
                since(received + report.onDiskNanos()),
                acknowledged,
                since(received + report.appliedNanos()));
    }

    private OptionalLong since(long nanos) {
        return nanos == LeaseRule.NEVER ? OptionalLong.empty() : OptionalLong.of(micros(nanos));
    }

    private long micros(long nanos) {
        return (nanos - arrivedNanos) / NANOS_PER_MICRO;
    }
}
