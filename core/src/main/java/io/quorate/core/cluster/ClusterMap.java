package io.quorate.core.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Who leads and keeps which partition, as of one version.
 *
 * @param version grows with every change; 0 is a map of nothing
 * @param cluster the cluster's UUID, empty before it was created
 * @param partitions the number of partitions, 0 before the cluster was created
 * @param replicas N of new configurations
 * @param writeQuorum W of new configurations
 * @param routes by partition; a partition without a first configuration is absent
 * @param workers addresses of the registered workers by id
 */
public record ClusterMap(
        long version,
        Optional<UUID> cluster,
        int partitions,
        int replicas,
        int writeQuorum,
        Map<Integer, PartitionRoute> routes,
        Map<String, WorkerAddress> workers) {
    /** The map of a worker that has not heard from a controller. */
    public static final ClusterMap EMPTY = new ClusterMap(0, Optional.empty(), 0, 0, 0, Map.of(), Map.of());

    public ClusterMap {
        routes = java.util.Collections.unmodifiableMap(new TreeMap<>(routes));
        workers = java.util.Collections.unmodifiableMap(new TreeMap<>(workers));
    }

    /** The route of the partition, if it has a configuration. */
    public Optional<PartitionRoute> route(int partition) {
        return Optional.ofNullable(routes.get(partition));
    }
}
