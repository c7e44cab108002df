package io.quorate.server.wiring;

import io.quorate.core.cluster.Incarnation;
import java.util.Optional;
import java.util.UUID;

/**
 * Who a worker's disk is.
 *
 * @param worker the worker's id
 * @param disk made when the disk was first used
 * @param incarnation names the last start from this disk, see {@link Incarnation}; 0 before the first
 * @param cluster the cluster that it belongs to; empty until it has heard from one
 * @param storage how committed state is kept on it
 */
public record Identity(String worker, UUID disk, long incarnation, Optional<UUID> cluster, StorageKind storage) {
    /** One start later, named by a drawn number; see {@link Incarnation}. */
    Identity startedAgain(int drawn) {
        return new Identity(worker, disk, Incarnation.next(incarnation, drawn), cluster, storage);
    }

    /** The same disk as a member of a cluster. */
    Identity joined(UUID joinedCluster) {
        return new Identity(worker, disk, incarnation, Optional.of(joinedCluster), storage);
    }
}
