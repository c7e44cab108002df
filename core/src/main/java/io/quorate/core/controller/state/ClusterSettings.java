package io.quorate.core.controller.state;

import io.quorate.api.Limits;
import io.quorate.api.Partitioning;
import java.util.Optional;

/**
 * The settings that belong to the cluster and not to a process.
 *
 * @param partitions PARTITIONS, fixed when the cluster is created
 * @param replicas REPLICAS: N of new configurations
 * @param writeQuorum WRITE_QUORUM: W of new configurations; empty until somebody said it
 */
public record ClusterSettings(int partitions, int replicas, Optional<Integer> writeQuorum) {
    /** W when nobody says it, unless REPLICAS is smaller. */
    public static final int DEFAULT_WRITE_QUORUM = 2;

    public ClusterSettings {
        if (!Partitioning.isValid(partitions)) {
            throw new IllegalArgumentException("PARTITIONS " + partitions);
        }
        if (!isValid(replicas, writeQuorum.orElse(1))) {
            throw new IllegalArgumentException("REPLICAS " + replicas + ", WRITE_QUORUM " + writeQuorum);
        }
    }

    /** Whether a cluster can have these values. */
    public static boolean isValid(int replicas, int writeQuorum) {
        return replicas >= 1 && replicas <= Limits.MAX_REPLICAS && writeQuorum >= 1 && writeQuorum <= replicas;
    }

    /** W as it is said, else the default. */
    public int effectiveWriteQuorum() {
        return writeQuorum.orElse(Math.min(DEFAULT_WRITE_QUORUM, replicas));
    }
}
