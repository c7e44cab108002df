package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import java.util.List;

/**
 * Makes the configurations of a new cluster: when as many workers as WORKERS names, else REPLICAS, have registered, or
 * at least WRITE_QUORUM and none has joined for a while; they grow to REPLICAS as workers come.
 */
final class FirstConfigurations {
    private final ClusterState state;
    private final Workers workers;
    private final Replacement replacement;
    private final int expectedWorkers;
    private long lastJoinNanos;

    FirstConfigurations(ClusterState state, Workers workers, Replacement replacement, int expectedWorkers, Now now) {
        this.state = state;
        this.workers = workers;
        this.replacement = replacement;
        this.expectedWorkers = expectedWorkers;
        this.lastJoinNanos = now.monotonicNanos();
    }

    void joined(Now now) {
        lastJoinNanos = now.monotonicNanos();
    }

    void decide(Now now, DecisionBatch batch) {
        if (state.settings().isEmpty() || !state.partitions().isEmpty()) {
            return;
        }
        ClusterSettings settings = state.settings().get();
        int present = workers.goodOnes().size();
        int wanted = expectedWorkers > 0 ? expectedWorkers : settings.replicas();
        boolean quiet = Elapsed.since(lastJoinNanos, ControllerLimits.JOIN_QUIET_MILLIS, now);
        int writeQuorum = settings.effectiveWriteQuorum();
        if (present < writeQuorum || (present < wanted && !quiet)) {
            return;
        }
        if (settings.writeQuorum().isEmpty()) {
            batch.add(new SettingsChanged(settings.replicas(), writeQuorum));
        }
        List<List<Member>> members =
                replacement.placement().all(settings.partitions(), Math.min(present, settings.replicas()));
        for (int partition = 0; partition < settings.partitions(); partition++) {
            batch.begin(partition, new Configuration(members.get(partition), writeQuorum));
        }
    }
}
