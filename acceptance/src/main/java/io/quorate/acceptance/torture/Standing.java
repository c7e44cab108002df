package io.quorate.acceptance.torture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * How the data of a cluster stands, as its controller says.
 *
 * @param leaders the leader of each partition that has one
 * @param replicas the workers with a full replica of each partition
 * @param missing what is not as it should be, empty when nothing is
 */
record Standing(Map<Integer, String> leaders, Map<Integer, Set<String>> replicas, String missing) {
    /** When nothing is known. */
    static final Standing UNKNOWN = new Standing(Map.of(), Map.of(), "no controller answers");

    /** Reads {@code GET /partitions}. */
    static Standing of(JsonNode document, int partitions) {
        Map<Integer, String> leaders = new TreeMap<>();
        Map<Integer, Set<String>> replicas = new TreeMap<>();
        for (JsonNode each : document.path("partitions")) {
            int partition = each.path("partition").asInt(-1);
            String leader = each.path("leader").asString("");
            if (!leader.isEmpty()) {
                leaders.put(partition, leader);
            }
            Set<String> workers = new TreeSet<>();
            for (JsonNode replica : each.path("replicas")) {
                workers.add(replica.path("worker").asString(""));
            }
            replicas.put(partition, workers);
        }
        JsonNode summary = document.path("summary");
        boolean whole = replicas.size() == partitions
                && leaders.size() == partitions
                && isZero(summary, "underReplicated")
                && isZero(summary, "leaderless")
                && isZero(summary, "moving");
        return new Standing(leaders, replicas, whole ? "" : stuck(document));
    }

    private static boolean isZero(JsonNode summary, String member) {
        return summary.path(member).asInt(-1) == 0;
    }

    private static String stuck(JsonNode document) {
        StringBuilder text = new StringBuilder(document.path("summary").toString());
        for (JsonNode each : document.path("partitions")) {
            if (!each.path("detail").asString("").isEmpty()) {
                text.append("; partition ").append(each.path("partition").asInt(-1));
                text.append(": ").append(each.path("detail").asString(""));
            }
        }
        return text.toString();
    }

    /** Whether every partition has its leader and all its replicas, and nothing moves. */
    boolean isWhole() {
        return missing.isEmpty();
    }

    /** The partitions that one of these leads. */
    Set<Integer> ledBy(Set<String> workers) {
        Set<Integer> led = new TreeSet<>();
        leaders.forEach((partition, leader) -> {
            if (workers.contains(leader)) {
                led.add(partition);
            }
        });
        return led;
    }
}
