package io.quorate.core.message;

import io.quorate.core.cluster.ClusterMap;
import java.util.Optional;
import java.util.UUID;

/** What the controller answers to a heartbeat. */
public sealed interface HeartbeatAnswer {
    /**
     * Heard.
     *
     * @param cluster the cluster's UUID, for a disk that has none yet
     * @param sequence of the heartbeat that is answered
     * @param fullReportWanted the next heartbeat is to report every partition
     * @param map present when the worker's is old
     */
    record Heard(UUID cluster, long sequence, boolean fullReportWanted, Optional<ClusterMap> map)
            implements HeartbeatAnswer {}

    /** Another controller is active, if known at which address. */
    record NotActive(Optional<String> activeController) implements HeartbeatAnswer {}

    /** The cluster is not ready to register it yet; try again. */
    record NotYet(String reason) implements HeartbeatAnswer {}

    /**
     * It is refused for good.
     *
     * @param kind why
     * @param detail one line for the person who runs it
     */
    record Refused(Kind kind, String detail) implements HeartbeatAnswer {
        /** Why a heartbeat is refused. */
        public enum Kind {
            /** The disk belongs to another cluster, or to one that this controller does not know. */
            OTHER_CLUSTER,
            /** Another worker with this id is alive. */
            DUPLICATE_ID,
            /** The disk is an old copy: its incarnation was seen before; a new disk UUID is needed. */
            OLD_COPY,
            /** WRITE_QUORUM contradicts what the cluster keeps. */
            OTHER_SETTINGS
        }
    }
}
