package io.quorate.cli.verb;

import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code quorate map}: who leads and keeps a key, or every partition. */
@Command(name = "map", description = "Shows who leads and keeps a key, or every partition.")
public final class MapVerb extends ClientVerb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "KEY", description = "The key. Left out: all partitions.")
    private @Nullable String key;

    @Override
    void run(ClusterClient client, Output out) throws AnswerRefusedException {
        if (key == null) {
            JsonNode partitions = client.controller("/partitions");
            out.print(table(partitions), partitions);
        } else {
            JsonNode map = client.controller("/map?key=" + ClusterClient.encoded(key));
            out.print(ofKey(map), map);
        }
    }

    private static String ofKey(JsonNode map) {
        String replicas = String.join(
                ", ",
                map.path("replicas").values().stream()
                        .map(replica -> replica.asString(""))
                        .toList());
        return "partition  " + map.path("partition").asInt(0) + System.lineSeparator()
                + "primary    " + map.path("primary").asString("none") + System.lineSeparator()
                + "replicas   " + replicas + System.lineSeparator()
                + "term       " + map.path("term").asLong(0);
    }

    private static String table(JsonNode partitions) {
        Table table = new Table("PARTITION", "TERM", "LEADER", "REPLICAS", "LEARNERS", "STATE");
        for (JsonNode partition : partitions.path("partitions")) {
            table.row(
                    partition.path("partition").asInt(0),
                    partition.path("term").asLong(0),
                    partition.path("leader").asString("-"),
                    workers(partition.path("replicas")),
                    workers(partition.path("learners")),
                    state(partition));
        }
        return table.toString();
    }

    private static String workers(JsonNode replicas) {
        String ids = String.join(
                " ",
                replicas.values().stream()
                        .map(replica -> replica.path("worker").asString(""))
                        .toList());
        return ids.isEmpty() ? "-" : ids;
    }

    private static String state(JsonNode partition) {
        String detail = partition.path("detail").asString("");
        return partition.path("state").asString("") + (detail.isEmpty() ? "" : ": " + detail);
    }
}
