package io.quorate.simulation;

import io.quorate.api.Revision;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether whatever fence completes next meets every acknowledged write and every committed entry, and finds it in the
 * log that wins: looked at with each of them, each decision of the controllers, and each loss.
 *
 * <p>Logs that share an entry share what precedes it, so the last acknowledged entry of a partition stands for all.
 */
final class Durability {
    private final Simulation world;
    private final Map<Integer, LogPosition> last = new HashMap<>();

    Durability(Simulation world) {
        this.world = world;
    }

    /** A client was told of this revision. */
    void acknowledged(int partition, Revision revision) {
        committed(partition, new LogPosition(revision.term(), revision.index()));
    }

    /** A replica has applied everything up to here. */
    void committed(int partition, LogPosition position) {
        if (position.index() > last.getOrDefault(partition, LogPosition.START).index()) {
            last.put(partition, position);
            check(partition);
        }
    }

    void checkAll() {
        last.keySet().forEach(this::check);
    }

    void check(int partition) {
        LogPosition position = last.get(partition);
        if (position == null) {
            return;
        }
        world.controllers().decided().partition(partition).ifPresent(state -> {
            boolean met = state.kept().stream()
                    .map(KeptConfiguration::configuration)
                    .anyMatch(each -> everyFenceMeets(each, partition, position));
            if (!met || lastLeaderLacks(state, position)) {
                throw new Violation(
                        Promise.ACKNOWLEDGED_IS_FENCE_PROOF,
                        "partition %d: %s is committed, and a fence of term %d would complete without it; kept are %s"
                                .formatted(partition, position, state.term(), state.kept()));
            }
        });
    }

    /**
     * A fence that misses it is one in which the log that is farthest lacks it: fewer than a fence needs can answer with
     * a log that is not beyond that of any one that lacks it.
     */
    private boolean everyFenceMeets(Configuration configuration, int partition, LogPosition position) {
        List<Member> answering = configuration.members().stream()
                .filter(member -> world.worker(member.worker()).runsOn(member))
                .toList();
        return answering.stream()
                .filter(member -> !holds(member, partition, position))
                .map(member -> lastOf(member, partition))
                .max(Comparator.naturalOrder())
                .filter(farthest -> answering.stream()
                                .filter(member -> lastOf(member, partition).compareTo(farthest) <= 0)
                                .count()
                        >= configuration.fenceQuorum())
                .isEmpty();
    }

    private LogPosition lastOf(Member member, int partition) {
        return world.worker(member.worker()).lastOnDisk(partition);
    }

    /** The leader elected last may answer a fence alone. */
    private boolean lastLeaderLacks(PartitionState state, LogPosition position) {
        Member leader = state.kept().getLast().elected().leader();
        return world.worker(leader.worker()).runsOn(leader) && !holds(leader, state.partition(), position);
    }

    private boolean holds(Member member, int partition, LogPosition position) {
        return world.worker(member.worker()).holdsOnDisk(partition, position);
    }
}
