package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.Members;
import io.quorate.core.controller.state.PartitionState;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides who leads a term from what its fence was answered. Action {@code Elect}.
 *
 * <p>The fence is complete when F members of every kept configuration have answered, or the leader of the greatest term
 * in which one was elected, on the same disk. Then the greatest log answered holds all that was ever committed, and a
 * member of the new configuration that has exactly that log leads. When nobody there has it, a further term with a kept
 * configuration of a holder follows; logs are not copied.
 */
final class Election {
    private final ClusterState state;
    private final Workers workers;
    private final FenceRule fence;

    Election(ClusterState state, Workers workers, FenceRule fence) {
        this.state = state;
        this.workers = workers;
        this.fence = fence;
    }

    /** Decides about a partition whose greatest term has no leader yet. */
    void decide(PartitionState partition, PartitionWatch watch, Now now, DecisionBatch batch) {
        if (watch.termOnDisk > partition.term()) {
            batch.start(partition, watch.termOnDisk, partition.configuration(), "a greater term stands on a disk");
            return;
        }
        NavigableMap<Member, LogPosition> pool = pool(partition, watch, now);
        if (pool.isEmpty()) {
            watch.fencedSinceNanos = Optional.empty();
            giveUpHopeless(partition, watch, now, batch);
            return;
        }
        long since = watch.fencedSinceNanos.orElse(now.monotonicNanos());
        watch.fencedSinceNanos = Optional.of(since);
        LogPosition greatest =
                pool.values().stream().max(LogPosition::compareTo).orElseThrow();
        List<Member> holders = pool.keySet().stream()
                .filter(member -> greatest.equals(pool.get(member)) && workers.alive(member))
                .toList();
        Optional<Member> candidate = candidate(partition.configuration(), holders, watch);
        if (candidate.isPresent()) {
            if (!preferredMayStillAnswer(partition, watch, since, now)) {
                elect(partition, candidate.get(), batch);
            }
        } else if (everybodyAnswered(partition, watch) || Elapsed.since(since, ControllerLimits.HOLDER_MILLIS, now)) {
            configurationOf(holders, partition)
                    .ifPresent(next -> batch.start(partition, 0, next, "nobody there holds everything"));
        }
    }

    /** The answers to choose from: those of good members if they are complete, after a while all. */
    private NavigableMap<Member, LogPosition> pool(PartitionState partition, PartitionWatch watch, Now now) {
        NavigableMap<Member, LogPosition> good = answers(watch, member -> desirable(watch, member));
        if (fence.complete(partition, good.keySet(), workers::lost)) {
            return good;
        }
        boolean patient = !Elapsed.since(watch.termSinceNanos, ControllerLimits.AVOIDANCE_MILLIS, now);
        boolean enough = fence.complete(partition, watch.fenced.keySet(), workers::lost);
        return enough && (!patient || desirableHolder(partition, watch)) ? watch.fenced : new TreeMap<>(Members.ORDER);
    }

    private boolean desirableHolder(PartitionState partition, PartitionWatch watch) {
        LogPosition greatest =
                watch.fenced.values().stream().max(LogPosition::compareTo).orElse(LogPosition.START);
        return partition.configuration().members().stream()
                .anyMatch(member -> desirable(watch, member) && greatest.equals(watch.fenced.get(member)));
    }

    private static NavigableMap<Member, LogPosition> answers(PartitionWatch watch, Predicate<Member> wanted) {
        NavigableMap<Member, LogPosition> answers = new TreeMap<>(Members.ORDER);
        watch.fenced.forEach((member, last) -> {
            if (wanted.test(member)) {
                answers.put(member, last);
            }
        });
        return answers;
    }

    /** Whether the member should lead: it is good, and the term was not started to replace it. */
    private boolean desirable(PartitionWatch watch, Member member) {
        return workers.good(member) && !watch.avoided.equals(Optional.of(member));
    }

    /** Desirable members first, then the others, in the order of the configuration. */
    private Optional<Member> candidate(Configuration configuration, List<Member> holders, PartitionWatch watch) {
        List<Member> inOrder =
                configuration.members().stream().filter(holders::contains).toList();
        return inOrder.stream()
                .filter(member -> desirable(watch, member))
                .findFirst()
                .or(() -> inOrder.stream().findFirst());
    }

    private boolean preferredMayStillAnswer(PartitionState partition, PartitionWatch watch, long since, Now now) {
        boolean answered = partition.configuration().members().stream()
                .filter(member -> desirable(watch, member))
                .findFirst()
                .map(watch.fenced::containsKey)
                .orElse(true);
        return !answered && !Elapsed.since(since, ControllerLimits.PREFERENCE_MILLIS, now);
    }

    private boolean everybodyAnswered(PartitionState partition, PartitionWatch watch) {
        return partition.fenced().stream().filter(workers::alive).allMatch(watch.fenced::containsKey);
    }

    private void elect(PartitionState partition, Member leader, DecisionBatch batch) {
        state.worker(leader.worker())
                .ifPresent(worker -> batch.elect(partition, new Elected(leader, worker.incarnation())));
    }

    /** A kept configuration with a holder, one that can work if there is one, the latest of those. */
    private Optional<Configuration> configurationOf(List<Member> holders, PartitionState partition) {
        List<Configuration> theirs = partition.kept().reversed().stream()
                .map(KeptConfiguration::configuration)
                .filter(each -> holders.stream().anyMatch(each::contains))
                .toList();
        return theirs.stream()
                .filter(workers::canWork)
                .findFirst()
                .or(() -> theirs.stream().findFirst());
    }

    /** When the new configuration cannot work and an older one can, the term is given up. */
    private void giveUpHopeless(PartitionState partition, PartitionWatch watch, Now now, DecisionBatch batch) {
        if (Elapsed.since(watch.termSinceNanos, ControllerLimits.TERM_PAUSE_MILLIS, now)) {
            workable(partition).ifPresent(next -> batch.start(partition, 0, next, "the new replicas are lost"));
        }
    }

    /** A kept configuration that can work, if the present one, which differs, cannot. */
    Optional<Configuration> workable(PartitionState partition) {
        if (workers.canWork(partition.configuration())) {
            return Optional.empty();
        }
        return partition.kept().reversed().stream()
                .map(KeptConfiguration::configuration)
                .filter(each -> !each.equals(partition.configuration()) && workers.canWork(each))
                .findFirst();
    }
}
