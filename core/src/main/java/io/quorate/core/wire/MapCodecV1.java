package io.quorate.core.wire;

import io.quorate.api.Limits;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The form of the map: version, cluster, its settings, then routes by ascending partition and workers by ascending id.
 */
final class MapCodecV1 {
    private static final int MIN_ROUTE_BYTES = 8;
    private static final int MIN_WORKER_BYTES = 3;

    private MapCodecV1() {}

    static void write(ByteWriter writer, ClusterMap map) {
        writer.nonNegative(map.version());
        writer.flag(map.cluster().isPresent());
        map.cluster().ifPresent(writer::uuid);
        writer.nonNegative(map.partitions());
        writer.nonNegative(map.replicas());
        writer.nonNegative(map.writeQuorum());
        MembersV1.Sink members = new MembersV1.Sink();
        writer.list(map.routes().entrySet(), Limits.MAX_PARTITIONS, (into, route) -> {
            if (route.getKey() != route.getValue().partition()) {
                throw new IllegalArgumentException("the route of another partition under " + route.getKey());
            }
            writeRoute(into, route.getValue(), members);
        });
        writer.list(map.workers().entrySet(), WireLimits.MAX_WORKERS, (into, worker) -> {
            into.text(worker.getKey(), WireLimits.MAX_NAME_BYTES);
            into.text(worker.getValue().http(), WireLimits.MAX_NAME_BYTES);
            into.text(worker.getValue().peer(), WireLimits.MAX_NAME_BYTES);
        });
    }

    static ClusterMap read(ByteReader reader) {
        long version = reader.nonNegative();
        Optional<UUID> cluster = reader.flag() ? Optional.of(reader.uuid()) : Optional.empty();
        int partitions = reader.nonNegativeInt();
        int replicas = reader.nonNegativeInt();
        int writeQuorum = reader.nonNegativeInt();
        return new ClusterMap(
                version, cluster, partitions, replicas, writeQuorum, readRoutes(reader), readWorkers(reader));
    }

    private static void writeRoute(ByteWriter writer, PartitionRoute route, MembersV1.Sink members) {
        ClusterCodecV1.writePartition(writer, route.partition());
        writer.nonNegative(route.term());
        writer.flag(route.leader().isPresent());
        route.leader().ifPresent(leader -> members.write(writer, leader));
        writer.nonNegative(route.establishedTerm());
        ClusterCodecV1.writeConfiguration(writer, route.configuration(), members);
        ClusterCodecV1.writeLearners(writer, route.learners(), members);
    }

    private static PartitionRoute readRoute(ByteReader reader, MembersV1.Source members) {
        int partition = ClusterCodecV1.readPartition(reader);
        long term = reader.nonNegative();
        Optional<Member> leader = reader.flag() ? Optional.of(members.read(reader)) : Optional.empty();
        long establishedTerm = reader.nonNegative();
        Configuration configuration = ClusterCodecV1.readConfiguration(reader, members);
        return new PartitionRoute(
                partition, term, leader, establishedTerm, configuration, ClusterCodecV1.readLearners(reader, members));
    }

    private static Map<Integer, PartitionRoute> readRoutes(ByteReader reader) {
        MembersV1.Source members = new MembersV1.Source();
        TreeMap<Integer, PartitionRoute> routes = new TreeMap<>();
        int count = reader.count(Limits.MAX_PARTITIONS, MIN_ROUTE_BYTES);
        for (int i = 0; i < count; i++) {
            PartitionRoute route = readRoute(reader, members);
            if (!routes.isEmpty() && route.partition() <= routes.lastKey()) {
                throw reader.malformed("partition " + route.partition() + " after " + routes.lastKey());
            }
            routes.put(route.partition(), route);
        }
        return routes;
    }

    private static Map<String, WorkerAddress> readWorkers(ByteReader reader) {
        TreeMap<String, WorkerAddress> workers = new TreeMap<>();
        int count = reader.count(WireLimits.MAX_WORKERS, MIN_WORKER_BYTES);
        for (int i = 0; i < count; i++) {
            String id = reader.text(WireLimits.MAX_NAME_BYTES);
            if (!workers.isEmpty() && id.compareTo(workers.lastKey()) <= 0) {
                throw reader.malformed("worker " + id + " after " + workers.lastKey());
            }
            String http = reader.text(WireLimits.MAX_NAME_BYTES);
            workers.put(id, new WorkerAddress(http, reader.text(WireLimits.MAX_NAME_BYTES)));
        }
        return workers;
    }
}
