package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code GET /map}: who leads and keeps a key, or the whole map. */
final class MapHandler {
    private static final List<String> PARAMETERS = List.of("key");

    private final Supplier<ClusterMap> maps;
    private @Nullable Partitioning partitioning;
    private int partitions;

    MapHandler(Supplier<ClusterMap> maps) {
        this.maps = maps;
    }

    void handle(Exchange exchange) {
        switch (exchange.query(PARAMETERS)) {
            case Parsed.Refused<Query>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Query>(Query query) -> {
                Optional<Bytes> key = query.bytes("key");
                if (key.isPresent()) {
                    ofKey(exchange, key.get());
                } else {
                    exchange.json(200, HeartbeatJson.map(maps.get()));
                }
            }
        }
    }

    private void ofKey(Exchange exchange, Bytes key) {
        switch (KeyFromPath.checked(key).then(checked -> route(maps.get(), checked))) {
            case Parsed.Refused<PartitionRoute>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<PartitionRoute>(PartitionRoute route) ->
                exchange.json(200, JsonText.object(json -> write(json, maps.get(), key, route)));
        }
    }

    private Parsed<PartitionRoute> route(ClusterMap map, Bytes key) {
        if (map.partitions() == 0) {
            return Parsed.refused(Refusal.of(
                    Problem.NOT_READY, "The cluster has no partitions yet: they are made when its workers register."));
        }
        int partition = partitioning(map.partitions()).of(key);
        return map.route(partition)
                .<Parsed<PartitionRoute>>map(Parsed::ok)
                .orElseGet(() -> Parsed.refused(Refusal.of(
                        Problem.NOT_READY,
                        "Partition " + partition + " has no replicas yet: too few workers have registered.")));
    }

    private Partitioning partitioning(int count) {
        Partitioning known = partitioning;
        if (known == null || partitions != count) {
            known = new Partitioning(count);
            partitioning = known;
            partitions = count;
        }
        return known;
    }

    private static void write(JsonGenerator json, ClusterMap map, Bytes key, PartitionRoute route) {
        Optional<String> leader = route.leader().map(Member::worker);
        List<String> others = route.configuration().members().stream()
                .map(Member::worker)
                .filter(worker -> !leader.equals(Optional.of(worker)))
                .toList();
        JsonText.bytes(json, "key", key);
        json.writeNumberProperty("partition", route.partition());
        JsonText.orNull(json, "primary", leader.flatMap(worker -> address(map, worker)));
        JsonText.strings(
                json,
                "replicas",
                others.stream().flatMap(worker -> address(map, worker).stream()).toList());
        json.writeNumberProperty("term", route.term());
        JsonText.orNull(json, "primaryId", leader);
        JsonText.strings(json, "replicaIds", others);
        JsonText.strings(
                json,
                "learnerIds",
                route.learners().stream().map(Member::worker).toList());
        json.writeNumberProperty("mapVersion", map.version());
    }

    private static Optional<String> address(ClusterMap map, String worker) {
        return Optional.ofNullable(map.workers().get(worker)).map(WorkerAddress::http);
    }
}
