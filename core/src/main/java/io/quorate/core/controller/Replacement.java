package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Move;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.controller.state.RegisteredWorker;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.PeerProgress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replaces replicas: a learner is fed until it is close, then a term with the new configuration starts. Action
 * {@code Replace}.
 *
 * <p>A lost replica is replaced by a worker that has none; a missing one is added and one too many is left out; another
 * WRITE_QUORUM is taken over in the same way. It goes on under a leader that is not established yet, because with W = N
 * nothing is established before the lost replica is replaced.
 *
 * <p>Nothing begins that would be given up at the same look, or whose target could not commit at present: it waits for
 * workers that can work.
 */
final class Replacement {
    private final ClusterState state;
    private final Workers workers;
    private final PartitionIndex index;
    private Placement placement = new Placement(List.of());

    /** The partitions that are not as they should be and wait for a worker or for their turn. */
    private final BitSet wanting = new BitSet();

    Replacement(ClusterState state, Workers workers, PartitionIndex index) {
        this.state = state;
        this.workers = workers;
        this.index = index;
    }

    BitSet wanting() {
        return wanting;
    }

    /** Who can be given a replica at present. */
    Placement placement() {
        List<RegisteredWorker> good = workers.goodOnes();
        if (!good.equals(placement.workers())) {
            placement = new Placement(good);
        }
        return placement;
    }

    /** Decides about a partition that has a leader who stays. */
    void decide(PartitionState partition, PartitionWatch watch, Now now, DecisionBatch batch) {
        Optional<PartitionReport> leader = watch.leaderReport(partition);
        wanting.clear(partition.partition());
        if (partition.inLearningPhase()) {
            proceed(partition, partition.move().orElseThrow(), leader, watch, now, batch);
            return;
        }
        wanting.set(partition.partition(), !asItShouldBe(partition));
        Optional<Configuration> desired = desired(partition, batch);
        if (desired.isEmpty() || leader.isEmpty() || !free(batch) || !mayBegin(partition)) {
            return;
        }
        begin(partition, new Move(Move.Kind.REPAIR, desired.get()), watch, "replicas are to be replaced", batch);
    }

    private boolean free(DecisionBatch batch) {
        int moves = index.repairs().cardinality() + batch.repairs();
        return Math.max(moves, batch.starts()) < ControllerLimits.REPAIRS_AT_ONCE;
    }

    /** A term that is not established yet is replaced only for a loss. */
    private boolean mayBegin(PartitionState partition) {
        return partition.established()
                || partition.configuration().members().stream().anyMatch(workers::lost);
    }

    /** Begins a move if it leads somewhere: learners first if there are any, else the new term at once. */
    void begin(PartitionState partition, Move move, PartitionWatch watch, String reason, DecisionBatch batch) {
        List<Member> learners = move.target().members().stream()
                .filter(member -> !partition.configuration().contains(member))
                .toList();
        if (!workers.canWork(move.target())
                || hopeless(partition, move, learners).isPresent()) {
            return;
        }
        if (learners.isEmpty()) {
            batch.start(partition, watch.termOnDisk, move.target(), reason);
        } else {
            batch.learn(partition, learners, move, reason);
        }
    }

    private void proceed(
            PartitionState partition,
            Move move,
            Optional<PartitionReport> leader,
            PartitionWatch watch,
            Now now,
            DecisionBatch batch) {
        Optional<String> hopeless = hopeless(partition, move, partition.learners());
        if (hopeless.isPresent()) {
            batch.giveUp(partition, hopeless.get());
        } else if (stuck(partition, leader, watch, now)) {
            batch.giveUp(partition, "the new worker does not catch up");
        } else if (close(partition, leader) && workers.canWork(move.target())) {
            batch.start(partition, watch.termOnDisk, move.target(), "the new replicas have caught up");
        }
    }

    /** Why the move leads nowhere or is not needed, in words that follow "because"; empty when it may go on. */
    private Optional<String> hopeless(PartitionState partition, Move move, List<Member> learners) {
        Configuration target = move.target();
        if (learners.stream().anyMatch(workers::lost)) {
            return Optional.of("the new worker is lost");
        }
        if (target.members().stream().anyMatch(workers::lost) && !workers.canWork(target)) {
            return Optional.of("another replica was lost");
        }
        return switch (move.kind()) {
            case BALANCE -> Optional.of("a replica was lost").filter(why -> incomplete(partition));
            case REPAIR -> Optional.of("the lost worker is back").filter(why -> !needed(partition));
        };
    }

    private boolean close(PartitionState partition, Optional<PartitionReport> leader) {
        return leader.filter(report -> partition.learners().stream()
                        .allMatch(learner -> progress(report, learner)
                                .map(PeerProgress::close)
                                .orElse(false)))
                .isPresent();
    }

    private static Optional<PeerProgress> progress(PartitionReport report, Member learner) {
        return report.peers().stream()
                .filter(peer -> peer.learner() && peer.member().equals(learner))
                .findFirst();
    }

    private static boolean stuck(
            PartitionState partition, Optional<PartitionReport> leader, PartitionWatch watch, Now now) {
        long progress = leader.stream()
                .flatMap(report -> partition.learners().stream().flatMap(learner -> progress(report, learner).stream()))
                .mapToLong(peer -> peer.matchIndex() + peer.snapshotPercent())
                .sum();
        if (progress != watch.progress) {
            watch.progress = progress;
            watch.progressNanos = now.monotonicNanos();
        }
        return Elapsed.since(watch.progressNanos, ControllerLimits.MOVE_PATIENCE_MILLIS, now);
    }

    /** Whether a repair still is one; a member that was not heard yet may be the lost one. */
    private boolean needed(PartitionState partition) {
        Configuration present = partition.configuration();
        return present.members().size() != replicas()
                || !present.members().stream().allMatch(workers::alive)
                || present.writeQuorum() != writeQuorum(present);
    }

    private boolean incomplete(PartitionState partition) {
        List<Member> members = partition.configuration().members();
        return members.size() < replicas() || members.stream().anyMatch(workers::lost);
    }

    private boolean asItShouldBe(PartitionState partition) {
        Configuration present = partition.configuration();
        return present.members().size() == replicas()
                && present.members().stream().noneMatch(workers::lost)
                && present.writeQuorum() == writeQuorum(present);
    }

    /**
     * The configuration that the partition should have, as far as it can have it and work now; empty for none. Where
     * the cluster's write quorum cannot work yet, replicas are replaced under the present one.
     */
    private Optional<Configuration> desired(PartitionState partition, DecisionBatch batch) {
        if (asItShouldBe(partition)) {
            return Optional.empty();
        }
        Configuration present = partition.configuration();
        List<Member> members = new ArrayList<>(present.members());
        leaveOut(members, partition);
        replaceLost(members, partition, batch);
        fill(members, partition, batch);
        int wanted = settings().effectiveWriteQuorum();
        int kept = Math.min(present.writeQuorum(), members.size());
        return IntStream.of(members.size() >= wanted ? wanted : kept, kept)
                .mapToObj(quorum -> new Configuration(members, quorum))
                .filter(next -> !next.equals(present) && workers.canWork(next))
                .findFirst();
    }

    /** Too many: lost ones go first, then the last ones, the leader never while others are left. */
    private void leaveOut(List<Member> members, PartitionState partition) {
        while (members.size() > replicas()) {
            Optional<Member> lost = members.stream().filter(workers::lost).findFirst();
            members.remove(lost.orElseGet(() -> members.reversed().stream()
                    .filter(member -> !leads(partition, member))
                    .findFirst()
                    .orElseThrow()));
        }
    }

    private static boolean leads(PartitionState partition, Member member) {
        return partition.elected().filter(has -> has.leader().equals(member)).isPresent();
    }

    private void replaceLost(List<Member> members, PartitionState partition, DecisionBatch batch) {
        for (int place = 0; place < members.size(); place++) {
            Member member = members.get(place);
            int at = place;
            if (workers.lost(member)) {
                sameWorker(member)
                        .or(() -> spare(partition, members, batch))
                        .ifPresent(spare -> members.set(at, spare));
            }
        }
    }

    /** The lost member's worker on the disk that it has now. */
    private Optional<Member> sameWorker(Member lost) {
        return state.worker(lost.worker())
                .map(RegisteredWorker::member)
                .filter(member -> !member.equals(lost) && workers.good(member));
    }

    private void fill(List<Member> members, PartitionState partition, DecisionBatch batch) {
        while (members.size() < replicas()) {
            Optional<Member> spare = spare(partition, members, batch);
            if (spare.isEmpty()) {
                return;
            }
            members.add(spare.get());
        }
    }

    /** A worker without a replica. */
    private Optional<Member> spare(PartitionState partition, List<Member> members, DecisionBatch batch) {
        return placement()
                .spare(
                        partition.partition(),
                        members,
                        worker -> index.replicas(worker.id()) + batch.planned(worker.id()));
    }

    private int replicas() {
        return settings().replicas();
    }

    private int writeQuorum(Configuration of) {
        int quorum = settings().effectiveWriteQuorum();
        return of.members().size() >= quorum ? quorum : of.writeQuorum();
    }

    private ClusterSettings settings() {
        return state.settings().orElseThrow();
    }
}
