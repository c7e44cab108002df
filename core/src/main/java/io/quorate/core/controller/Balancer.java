package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Move;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.controller.state.RegisteredWorker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Spreads the load while nothing is wrong: leaders return to their preferred primaries, preferred primaries and
 * replicas go from those that have many to those that have few, and out of a zone that has two.
 *
 * <p>Everything is paced by MOVES_AT_ONCE, and leadership moves only when the logs are equal.
 */
final class Balancer {
    private static final int TOLERATED_DIFFERENCE = 1;
    private static final int MOST_PAIRS = 16;

    private final ClusterState state;
    private final Workers workers;
    private final PartitionIndex index;
    private final Replacement replacement;
    private final IntFunction<PartitionWatch> watches;
    private final int movesAtOnce;

    Balancer(
            ClusterState state,
            Workers workers,
            PartitionIndex index,
            Replacement replacement,
            IntFunction<PartitionWatch> watches,
            int movesAtOnce) {
        this.state = state;
        this.workers = workers;
        this.index = index;
        this.replacement = replacement;
        this.watches = watches;
        this.movesAtOnce = movesAtOnce;
    }

    void decide(Now now, DecisionBatch batch) {
        if (!calm() || !free(batch)) {
            return;
        }
        List<RegisteredWorker> steady = workers.goodOnes().stream()
                .filter(worker -> workers.known(worker.id())
                        .map(watch -> watch.steady(now))
                        .orElse(false))
                .toList();
        returnLeaders(steady, now, batch);
        if (batch.isEmpty()) {
            spreadPrimaries(steady, now, batch);
        }
        if (batch.isEmpty()) {
            spreadZones(steady, batch);
        }
        if (batch.isEmpty()) {
            spreadReplicas(steady, batch);
        }
    }

    /** Whether every partition has what it should have and every worker that carries something is there. */
    private boolean calm() {
        return index.unestablished().isEmpty()
                && index.repairs().isEmpty()
                && replacement.wanting().isEmpty()
                && state.workers().values().stream()
                        .allMatch(worker -> index.replicas(worker.id()) == 0 || workers.alive(worker.member()));
    }

    private boolean free(DecisionBatch batch) {
        return index.balances().cardinality() + batch.balances() + batch.starts() < movesAtOnce;
    }

    private void returnLeaders(List<RegisteredWorker> steady, Now now, DecisionBatch batch) {
        for (PartitionState partition : state.partitions().values()) {
            if (!free(batch)) {
                return;
            }
            Member preferred = partition.configuration().members().getFirst();
            PartitionWatch watch = watches.apply(partition.partition());
            if (!leads(partition, preferred)
                    && contains(steady, preferred)
                    && partition.move().isEmpty()
                    && mayLead(partition, preferred, watch, now)) {
                batch.start(
                        partition,
                        watch.termOnDisk,
                        partition.configuration(),
                        "leadership returns to the preferred primary");
            }
        }
    }

    private static boolean leads(PartitionState partition, Member member) {
        return partition.elected().filter(has -> has.leader().equals(member)).isPresent();
    }

    private static boolean contains(List<RegisteredWorker> workers, Member member) {
        return workers.stream().anyMatch(worker -> worker.member().equals(member));
    }

    /** Whether the member's log is equal to the leader's and the partition was left alone for a while. */
    private static boolean mayLead(PartitionState partition, Member member, PartitionWatch watch, Now now) {
        return Elapsed.since(watch.termSinceNanos, ControllerLimits.RETURN_PAUSE_MILLIS, now)
                && watch.leaderReport(partition)
                        .filter(report -> report.peers().stream()
                                .anyMatch(peer -> peer.member().equals(member)
                                        && peer.matchIndex() == report.last().index()))
                        .isPresent();
    }

    /** One at a time, so that the next one is decided on what this one changed and nothing goes back and forth. */
    private void spreadPrimaries(List<RegisteredWorker> steady, Now now, DecisionBatch batch) {
        for (Pair pair : pairs(steady, worker -> index.primaries(worker.id()))) {
            Optional<PartitionState> found = state.partitions().values().stream()
                    .filter(partition -> mayGoFirst(partition, pair, now))
                    .findFirst();
            if (found.isPresent()) {
                putFirst(found.get(), pair.less, batch);
                return;
            }
        }
    }

    private boolean mayGoFirst(PartitionState partition, Pair pair, Now now) {
        List<Member> members = partition.configuration().members();
        PartitionWatch watch = watches.apply(partition.partition());
        return members.getFirst().equals(pair.more)
                && members.contains(pair.less)
                && partition.move().isEmpty()
                && (leads(partition, pair.less) || mayLead(partition, pair.less, watch, now));
    }

    private void putFirst(PartitionState partition, Member first, DecisionBatch batch) {
        List<Member> members = new ArrayList<>(partition.configuration().members());
        Collections.swap(members, 0, members.indexOf(first));
        Configuration next =
                new Configuration(members, partition.configuration().writeQuorum());
        long termOnDisk = watches.apply(partition.partition()).termOnDisk;
        batch.start(partition, termOnDisk, next, "leaderships are spread");
    }

    /** One that has more than it need have, and one that has less. */
    private record Pair(Member more, Member less) {}

    /** Those who are farther apart than need be, the farthest first. */
    private static List<Pair> pairs(List<RegisteredWorker> steady, ToIntFunction<RegisteredWorker> load) {
        List<RegisteredWorker> ascending = steady.stream()
                .sorted(Comparator.comparingInt(load).thenComparing(RegisteredWorker::id))
                .toList();
        return ascending.reversed().stream()
                .flatMap(more -> ascending.stream()
                        .filter(less -> load.applyAsInt(more) - load.applyAsInt(less) > TOLERATED_DIFFERENCE)
                        .map(less -> new Pair(more.member(), less.member())))
                .limit(MOST_PAIRS)
                .toList();
    }

    private void spreadZones(List<RegisteredWorker> steady, DecisionBatch batch) {
        long zones = steady.stream().map(RegisteredWorker::zone).distinct().count();
        if (zones < 2) {
            return;
        }
        for (PartitionState partition : state.partitions().values()) {
            if (!free(batch)) {
                return;
            }
            if (partition.move().isEmpty()) {
                crowded(partition).ifPresent(member -> elsewhere(partition, member, batch));
            }
        }
    }

    /** A member, not the leader, whose zone has another one. */
    private Optional<Member> crowded(PartitionState partition) {
        List<Member> members = partition.configuration().members();
        return members.reversed().stream()
                .filter(member -> !leads(partition, member) && !zone(member).isEmpty())
                .filter(member -> members.stream()
                        .anyMatch(other -> !other.equals(member) && zone(other).equals(zone(member))))
                .findFirst();
    }

    private void elsewhere(PartitionState partition, Member member, DecisionBatch batch) {
        List<Member> others = new ArrayList<>(partition.configuration().members());
        others.remove(member);
        replacement
                .placement()
                .spare(partition.partition(), others, worker -> index.replicas(worker.id()))
                .filter(spare -> others.stream().noneMatch(other -> zone(other).equals(zone(spare))))
                .ifPresent(spare -> move(partition, member, spare, batch));
    }

    private String zone(Member member) {
        return state.worker(member.worker()).map(RegisteredWorker::zone).orElse("");
    }

    private void spreadReplicas(List<RegisteredWorker> steady, DecisionBatch batch) {
        for (Pair pair : pairs(steady, worker -> index.replicas(worker.id()))) {
            Optional<PartitionState> found = state.partitions().values().stream()
                    .filter(partition -> movable(partition, pair.more, pair.less))
                    .findFirst();
            if (found.isPresent()) {
                move(found.get(), pair.more, pair.less, batch);
                return;
            }
        }
    }

    private boolean movable(PartitionState partition, Member from, Member to) {
        Configuration configuration = partition.configuration();
        return partition.move().isEmpty()
                && configuration.contains(from)
                && !leads(partition, from)
                && configuration.memberOf(to.worker()).isEmpty()
                && (zone(to).isEmpty()
                        || configuration.members().stream()
                                .noneMatch(other ->
                                        !other.equals(from) && zone(other).equals(zone(to))));
    }

    private void move(PartitionState partition, Member from, Member to, DecisionBatch batch) {
        List<Member> members = new ArrayList<>(partition.configuration().members());
        members.set(members.indexOf(from), to);
        Configuration target =
                new Configuration(members, partition.configuration().writeQuorum());
        replacement.begin(
                partition,
                new Move(Move.Kind.BALANCE, target),
                watches.apply(partition.partition()),
                "replicas are spread",
                batch);
    }
}
