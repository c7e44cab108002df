package io.quorate.client;

import io.quorate.api.Limits;
import io.quorate.api.Partitioning;
import io.quorate.client.RouteTable.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the whole map, as {@code GET /map} answers it; members that it does not know are left alone. */
final class RouteTableReader {
    private RouteTableReader() {}

    /** The map, or empty when it is none: a number of partitions or an address is missing or impossible. */
    static Optional<RouteTable> read(Json map) {
        long partitions = map.number("partitions").orElse(-1);
        long version = map.number("version").orElse(-1);
        if (version < 0 || partitions < 0 || partitions > Limits.MAX_PARTITIONS) {
            return Optional.empty();
        }
        if (partitions > 0 && !Partitioning.isValid((int) partitions)) {
            return Optional.empty();
        }
        return workers(map)
                .flatMap(workers -> routes(map, (int) partitions)
                        .map(routes -> new RouteTable(
                                map.text("cluster").orElse(""), version, (int) partitions, routes, workers)));
    }

    private static Optional<Map<String, Worker>> workers(Json map) {
        Map<String, Worker> workers = new LinkedHashMap<>();
        for (Map.Entry<String, Json> entry : map.members("workers").entrySet()) {
            Optional<Address> address = entry.getValue().text("http").flatMap(Address::parse);
            if (address.isEmpty()) {
                return Optional.empty();
            }
            workers.put(entry.getKey(), new Worker(Optional.of(entry.getKey()), address.get()));
        }
        return Optional.of(workers);
    }

    private static Optional<Map<Integer, Route>> routes(Json map, int partitions) {
        Map<Integer, Route> routes = new HashMap<>();
        for (Json route : map.members("routes").values()) {
            long partition = route.number("partition").orElse(-1);
            if (partition < 0 || partition >= partitions) {
                return Optional.empty();
            }
            routes.put((int) partition, route(route));
        }
        return Optional.of(routes);
    }

    private static Route route(Json route) {
        List<String> members = new ArrayList<>();
        for (Json member :
                route.member("configuration").orElseGet(Json.Null::new).elements("members")) {
            member.text("worker").ifPresent(members::add);
        }
        return new Route(route.member("leader").flatMap(leader -> leader.text("worker")), List.copyOf(members));
    }
}
