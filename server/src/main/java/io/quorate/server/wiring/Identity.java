package io.quorate.server.wiring;

import java.util.Optional;
import java.util.UUID;

/**
 * Who a worker's disk is.
 *
 * @param worker the worker's id
 * @param disk made when the disk was first used
 * @param incarnation counts the starts from this disk, from 1
 * @param cluster the cluster that it belongs to; empty until it has heard from one
 * @param storage how committed state is kept on it
 */
public record Identity(String worker, UUID disk, long incarnation, Optional<UUID> cluster, StorageKind storage) {
    /** One start later. */
    Identity startedAgain() {
        return new Identity(worker, disk, incarnation + 1, cluster, storage);
    }

    /** The same disk as a member of a cluster. */
    Identity joined(UUID joinedCluster) {
        return new Identity(worker, disk, incarnation, Optional.of(joinedCluster), storage);
    }
}
