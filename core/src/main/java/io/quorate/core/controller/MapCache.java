package io.quorate.core.controller;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.PartitionState;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cluster map of the decided state, made once for each version. */
final class MapCache {
    private final ClusterState state;
    private ClusterMap map = ClusterMap.EMPTY;

    MapCache(ClusterState state) {
        this.state = state;
    }

    ClusterMap map() {
        if (map.version() != state.mapVersion()) {
            map = make();
        }
        return map;
    }

    private ClusterMap make() {
        SortedMap<Integer, PartitionRoute> routes = new TreeMap<>();
        state.partitions().forEach((number, partition) -> routes.put(number, route(partition)));
        SortedMap<String, WorkerAddress> workers = new TreeMap<>();
        state.workers().forEach((id, worker) -> workers.put(id, worker.address()));
        return new ClusterMap(
                state.mapVersion(),
                state.cluster(),
                state.settings().map(ClusterSettings::partitions).orElse(0),
                state.settings().map(ClusterSettings::replicas).orElse(0),
                state.settings().map(ClusterSettings::effectiveWriteQuorum).orElse(0),
                routes,
                workers);
    }

    private static PartitionRoute route(PartitionState partition) {
        return new PartitionRoute(
                partition.partition(),
                partition.term(),
                partition.elected().map(Elected::leader),
                partition.establishedTerm(),
                partition.configuration(),
                partition.learners());
    }
}
