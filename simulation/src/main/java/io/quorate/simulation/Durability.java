package io.quorate.simulation;

import io.quorate.api.Revision;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether whatever fence completes next meets every acknowledged write: looked at with each acknowledgement, each
 * decision of the controllers, and each loss.
 *
 * <p>Logs that share an entry share what precedes it, so the last acknowledged entry of a partition stands for all.
 */
final class Durability {
    private final Simulation world;
    private final Map<Integer, LogPosition> acknowledged = new HashMap<>();

    Durability(Simulation world) {
        this.world = world;
    }

    /** A client was told of this revision. */
    void acknowledged(int partition, Revision revision) {
        LogPosition position = new LogPosition(revision.term(), revision.index());
        LogPosition last = acknowledged.getOrDefault(partition, LogPosition.START);
        if (position.index() > last.index()) {
            acknowledged.put(partition, position);
            check(partition);
        }
    }

    void checkAll() {
        acknowledged.keySet().forEach(this::check);
    }

    void check(int partition) {
        LogPosition last = acknowledged.get(partition);
        if (last == null) {
            return;
        }
        world.controllers().decided().partition(partition).ifPresent(state -> {
            boolean met = state.kept().stream()
                    .map(KeptConfiguration::configuration)
                    .anyMatch(each -> everyFenceMeets(each, partition, last));
            if (!met || lastLeaderLacks(state, last)) {
                throw new Violation(
                        Promise.ACKNOWLEDGED_IS_FENCE_PROOF,
                        "partition %d: %s was acknowledged, and a fence of term %d would complete without it; kept are %s"
                                .formatted(partition, last, state.term(), state.kept()));
            }
        });
    }

    /** Those that can still answer and lack it are fewer than a fence needs. */
    private boolean everyFenceMeets(Configuration configuration, int partition, LogPosition position) {
        long lacking = configuration.members().stream()
                .filter(member -> world.worker(member.worker()).runsOn(member))
                .filter(member -> !holds(member, partition, position))
                .count();
        return lacking < configuration.fenceQuorum();
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
