package io.quorate.core.controller;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.Members;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.Role;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an active controller has heard of one partition; none of it outlives the controller's activity. */
final class PartitionWatch {
    final int partition;

    /** By worker, of its present disk and process. */
    final SortedMap<String, PartitionReport> reports = new TreeMap<>();

    /** The members that answered the fence of the greatest term, on their disks, in their present process. */
    final NavigableMap<Member, LogPosition> fenced = new TreeMap<>(Members.ORDER);

    /** Members that said that they hold no replica. */
    final SortedSet<Member> missing = new TreeSet<>(Members.ORDER);

    final Retry retry = new Retry();

    /** The term that the fields about a term are of. */
    long term;

    /** Since when the term is known to have been started. */
    long termSinceNanos;

    /** Since when the fence is complete, if it is. */
    Optional<Long> fencedSinceNanos = Optional.empty();

    /** Since when a leader of the term is known to be elected. */
    long electedSinceNanos;

    boolean elected;

    /** Whose leases need not be waited for: leaders up to this term gave theirs up. */
    long releasedTerm;

    /** A greater term that stands on some disk. */
    long termOnDisk;

    /** Whom the term was started to replace as the leader. */
    Optional<Member> avoided = Optional.empty();

    /** Whom the next term is decided to replace. */
    Optional<Member> avoidedNext = Optional.empty();

    /** What the learners had at {@link #progressNanos}. */
    long progress = -1;

    long progressNanos;

    /** When it is to be looked at again though nothing happened. */
    long lookAtNanos;

    PartitionWatch(int partition) {
        this.partition = partition;
    }

    /** The decided state is another one than before. */
    void follow(PartitionState state, Now now) {
        retry.reset();
        if (state.term() != term) {
            term = state.term();
            termSinceNanos = now.monotonicNanos();
            fenced.clear();
            fencedSinceNanos = Optional.empty();
            releasedTerm = 0;
            elected = false;
            avoided = avoidedNext;
            avoidedNext = Optional.empty();
        }
        if (state.elected().isPresent() && !elected) {
            elected = true;
            electedSinceNanos = now.monotonicNanos();
        }
        if (!state.inLearningPhase()) {
            progress = -1;
        }
        progressNanos = now.monotonicNanos();
    }

    /** The report of the leader of the greatest term, if it says that it leads. */
    Optional<PartitionReport> leaderReport(PartitionState state) {
        return state.elected()
                .flatMap(leading ->
                        Optional.ofNullable(reports.get(leading.leader().worker())))
                .filter(report -> report.term() == state.term() && report.role() == Role.LEADER);
    }

    void forget(String worker) {
        reports.remove(worker);
        fenced.keySet().removeIf(member -> member.worker().equals(worker));
        missing.removeIf(member -> member.worker().equals(worker));
    }
}
