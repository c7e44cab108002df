package io.quorate.core.controller;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.PeerProgress;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Takes in what workers say of themselves and of their replicas. */
final class Reports {
    private final ClusterState state;
    private final Workers workers;
    private final Partitions partitions;
    private final Admission admission;

    Reports(ClusterState state, Workers workers, Partitions partitions, Admission admission) {
        this.state = state;
        this.workers = workers;
        this.partitions = partitions;
        this.admission = admission;
    }

    /**
     * A heartbeat of a registered process.
     *
     * @return whether it reports trouble that it did not report before
     */
    boolean heartbeat(Heartbeat heartbeat, Now now) {
        WorkerWatch watch = workers.watch(heartbeat.worker(), now);
        boolean drainingBefore = watch.draining;
        boolean goodBefore = watch.good();
        watch.heard(heartbeat, now);
        boolean trouble = evidence(watch, heartbeat);
        boolean changed = !workers.heard(watch, now).isEmpty() || drainingBefore != watch.draining;
        replicas(watch, heartbeat);
        if (changed || goodBefore != watch.good()) {
            partitions.touchAllOf(watch.id);
            partitions.touchWanting();
        }
        return trouble;
    }

    private boolean evidence(WorkerWatch watch, Heartbeat heartbeat) {
        SortedSet<String> unreachable = new TreeSet<>(heartbeat.unreachable());
        boolean changed = !unreachable.equals(watch.unreachable);
        watch.unreachable = unreachable;
        BitSet stalled = new BitSet();
        heartbeat.stalled().stream().filter(partition -> partition >= 0).forEach(stalled::set);
        watch.stalled = stalled;
        stalled.stream().forEach(partitions::touch);
        return changed || !stalled.isEmpty();
    }

    private void replicas(WorkerWatch watch, Heartbeat heartbeat) {
        BitSet named = new BitSet();
        for (PartitionReport report : heartbeat.reports()) {
            if (!exists(report.partition())) {
                continue;
            }
            named.set(report.partition());
            watch.held.set(report.partition());
            PartitionWatch partition = partitions.watch(report.partition());
            PartitionReport before = partition.reports.put(watch.id, report);
            partition.missing.removeIf(member -> member.worker().equals(watch.id));
            if (before == null || matters(before, report)) {
                partitions.touch(report.partition());
            }
        }
        if (heartbeat.full()) {
            BitSet gone = (BitSet) watch.held.clone();
            gone.andNot(named);
            gone.stream().forEach(partition -> notHeld(watch, partition));
            if (!watch.fullReport) {
                watch.fullReport = true;
                partitions.touchAllOf(watch.id);
            }
        }
    }

    private boolean exists(int partition) {
        return partition >= 0
                && state.settings().map(all -> partition < all.partitions()).orElse(false);
    }

    /** Whether something may be to be decided or ordered because of it; progress of writes alone is not. */
    private static boolean matters(PartitionReport before, PartitionReport after) {
        return before.term() != after.term()
                || before.role() != after.role()
                || before.established() != after.established()
                || !learners(before).equals(learners(after));
    }

    private static List<PeerProgress> learners(PartitionReport report) {
        return report.peers().stream().filter(PeerProgress::learner).toList();
    }

    private void notHeld(WorkerWatch watch, int partition) {
        watch.held.clear(partition);
        partitions.watch(partition).reports.remove(watch.id);
        partitions.touch(partition);
    }

    /** An answer to an order. */
    void answer(OrderAnswer answer) {
        Member from = answer.from();
        if (!exists(answer.partition()) || !workers.onItsDisk(from)) {
            return;
        }
        PartitionWatch watch = partitions.watch(answer.partition());
        Optional<PartitionState> partition = state.partition(answer.partition());
        if (partition.isEmpty()) {
            return;
        }
        switch (answer) {
            case OrderAnswer.Fenced fenced -> fenced(fenced, partition.get(), watch);
            case OrderAnswer.LeaseReleased released -> released(from, released.term(), partition.get(), watch);
            case OrderAnswer.TermTooOld tooOld -> watch.termOnDisk = Math.max(watch.termOnDisk, tooOld.term());
            case OrderAnswer.NotHeld notHeld -> {
                workers.known(from.worker()).ifPresent(worker -> notHeld(worker, notHeld.partition()));
                watch.missing.add(from);
            }
        }
        partitions.touch(answer.partition());
    }

    /** It counts only in the greatest term, from the disk that is meant, and from the process that is registered. */
    private void fenced(OrderAnswer.Fenced answer, PartitionState partition, PartitionWatch watch) {
        Member from = answer.from();
        boolean registered =
                state.incarnationOf(from) == answer.incarnation() && !admission.doubted(from, answer.incarnation());
        boolean asked = partition.term() == answer.term()
                && partition.elected().isEmpty()
                && partition.fenced().contains(from);
        if (!registered || !asked) {
            return;
        }
        LogPosition last = answer.last();
        watch.fenced.put(from, last);
        watch.missing.remove(from);
        lastLeader(partition)
                .filter(kept -> kept.elected().leader().equals(from))
                .ifPresent(kept -> released(from, kept.term(), partition, watch));
    }

    /** The last leader serves nobody any more, so that the others need not wait for the lease that they granted. */
    private void released(Member from, long term, PartitionState partition, PartitionWatch watch) {
        lastLeader(partition)
                .filter(kept -> kept.elected().leader().equals(from) && kept.term() <= term)
                .filter(kept -> partition.elected().isEmpty() && watch.releasedTerm < kept.term())
                .ifPresent(kept -> {
                    watch.releasedTerm = kept.term();
                    watch.retry.reset();
                });
    }

    private static Optional<KeptConfiguration> lastLeader(PartitionState partition) {
        return partition.kept().isEmpty()
                ? Optional.empty()
                : Optional.of(partition.kept().getLast());
    }

    /** A worker's process was started anew: nothing that it said before holds. */
    void restarted(String worker, Now now) {
        WorkerWatch watch = workers.watch(worker, now);
        watch.held.stream().forEach(partition -> {
            partitions.watch(partition).forget(worker);
            partitions.touch(partition);
        });
        BitSet concerned = partitions.index().of(worker);
        concerned.stream().forEach(partition -> partitions.watch(partition).forget(worker));
        watch.restarted(now);
        workers.all().forEach(other -> other.unreachable.remove(worker));
        partitions.touchAllOf(worker);
        partitions.touchWanting();
    }
}
