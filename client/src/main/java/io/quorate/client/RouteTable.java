package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.client.Directory.Candidates;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the cluster's map says of who leads and keeps what, as of one version.
 *
 * @param cluster its UUID as text, empty before it was created
 * @param version grows with every change
 * @param partitions their number, 0 when the cluster has none yet
 * @param routes by partition; one without a first configuration is absent
 * @param workers addresses by the worker's id, in the order in which they are asked
 */
record RouteTable(
        String cluster, long version, int partitions, Map<Integer, Route> routes, Map<String, Worker> workers) {
    /**
     * Who leads and keeps a partition, by their ids.
     *
     * @param members the leader among them
     */
    record Route(Optional<String> leader, List<String> members) {}

    /** Whether it is to be used instead of the other: a map of another cluster, or a later one of the same. */
    boolean replaces(RouteTable other) {
        return !cluster.equals(other.cluster) || version > other.version;
    }

    /** The partition of a key; empty when the cluster has none yet. */
    OptionalInt partition(Bytes key) {
        return partitions > 0 ? OptionalInt.of(new Partitioning(partitions).of(key)) : OptionalInt.empty();
    }

    /** The workers to ask for a key, best first: its leader, its other replicas, all others. */
    Candidates.Known candidates(Bytes key) {
        Set<Worker> best = new LinkedHashSet<>();
        partition(key)
                .ifPresent(partition -> Optional.ofNullable(routes.get(partition))
                        .ifPresent(route -> {
                            route.leader().ifPresent(leader -> add(best, leader));
                            route.members().forEach(member -> add(best, member));
                        }));
        int replicas = best.size();
        best.addAll(workers.values());
        return new Candidates.Known(List.copyOf(best), replicas);
    }

    private void add(Set<Worker> best, String id) {
        Worker worker = workers.get(id);
        if (worker != null) {
            best.add(worker);
        }
    }
}
