package io.quorate.core.port;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What a controller's front end asks of it; called, and answered, on the controller's event loop. */
public interface ControllerService {
    /** Takes a heartbeat in. */
    void heartbeat(Heartbeat heartbeat, Consumer<HeartbeatAnswer> whenDone);

    /** The map as decided so far. */
    ClusterMap map();

    /** Every registered worker, by id. */
    List<WorkerView> workers();

    /** Every partition, and the sums over them. */
    ClusterView partitions();

    /** Changes a setting of the cluster; answers an empty text when it was decided, else the reason why not. */
    void configure(SettingChange change, Consumer<Optional<String>> whenDone);

    /** How the controller stands. */
    ControllerStatus status();

    /** A change of the cluster's settings; an empty member stays as it is. */
    record SettingChange(Optional<Integer> replicas, Optional<Integer> writeQuorum) {}

    /** A worker as the controller sees it. */
    record WorkerView(
            String worker,
            WorkerAddress address,
            UUID disk,
            long incarnation,
            String zone,
            Status status,
            long lastHeartbeatMillisAgo,
            double phi,
            long clockSkewMillis,
            int leads,
            int holds) {
        /** What the controller thinks of a worker. */
        public enum Status {
            /** Heartbeats arrive. */
            UP,
            /** Probably gone: leaderships are moved away. */
            SUSPECTED,
            /** Gone for HEARTBEAT_TIMEOUT: its replicas are replaced. */
            DOWN,
            /** It said that it is about to stop. */
            DRAINING
        }
    }

    /** All partitions, with the number of those that are not as they should be. */
    record ClusterView(
            List<PartitionView> partitions,
            int replicas,
            int writeQuorum,
            int underReplicated,
            int leaderless,
            int moving,
            long mapVersion) {}

    /**
     * One partition.
     *
     * @param leader the elected leader's worker, empty while there is none
     * @param state {@code healthy}, {@code electing}, {@code under-replicated}, {@code moving} or {@code stuck}
     * @param detail a sentence when it is not healthy, else empty
     */
    record PartitionView(
            int partition,
            long term,
            Optional<String> leader,
            boolean established,
            List<ReplicaView> replicas,
            List<ReplicaView> learners,
            String state,
            String detail) {}

    /**
     * One replica of a partition.
     *
     * @param lag entries that it is behind the leader's last; -1 when not known
     * @param healthy its worker is up and it follows or leads the current term
     * @param snapshotPercent progress of a snapshot transfer; -1 when there is none
     */
    record ReplicaView(String worker, long commitIndex, long lag, boolean healthy, int snapshotPercent) {}

    /**
     * How a controller stands.
     *
     * @param active whether this one decides
     * @param activeController the HTTP address of the one that does, as far as known
     * @param checks by name whether each holds
     */
    record ControllerStatus(
            String controller,
            boolean active,
            Optional<String> activeController,
            Optional<UUID> cluster,
            int workersUp,
            int workersRegistered,
            java.util.SequencedMap<String, Boolean> checks) {
        /** Whether every check holds. */
        public boolean ready() {
            return checks.values().stream().allMatch(holds -> holds);
        }
    }
}
