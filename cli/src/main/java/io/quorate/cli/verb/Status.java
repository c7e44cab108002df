package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.Pause;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code quorate status}: how the cluster stands. */
@Command(name = "status", description = "Shows how the cluster stands.")
public final class Status extends ClientVerb {
    private static final long EVERY_MILLIS = 1_000;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "Shows it again whenever it has changed, until Ctrl-C.")
    private boolean watch;

    @Override
    void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
        if (watch) {
            watch(client, out);
        } else {
            Seen status = status(client);
            out.print(text(status), status);
        }
    }

    private static void watch(ClusterClient client, Output out) {
        String last = "";
        while (!Thread.currentThread().isInterrupted()) {
            String text;
            Object json;
            try {
                Seen status = status(client);
                text = text(status);
                json = status;
            } catch (AnswerRefusedException refused) {
                text = String.valueOf(refused.getMessage());
                json = refused.json();
            }
            if (!text.equals(last)) {
                out.print((Terminal.isOne() ? CLEAR : "") + text + System.lineSeparator(), json);
                last = text;
            }
            Pause.millis(EVERY_MILLIS);
        }
    }

    /** What the controller says, with the names that programs see. */
    record Seen(JsonNode health, JsonNode workers, JsonNode partitions) {}

    private static Seen status(ClusterClient client) throws AnswerRefusedException {
        return new Seen(
                client.controller("/health"),
                client.controller("/workers").path("workers"),
                client.controller("/partitions").path("summary"));
    }

    private static String text(Seen status) {
        JsonNode health = status.health();
        Table table = new Table("WORKER", "ADDRESS", "STATUS", "LEADS", "HOLDS", "ZONE");
        for (JsonNode worker : status.workers()) {
            table.row(
                    worker.path("id").asString(""),
                    worker.path("address").asString(""),
                    worker.path("status").asString(""),
                    worker.path("leads").asInt(0),
                    worker.path("holds").asInt(0),
                    worker.path("zone").asString(""));
        }
        return String.join(
                System.lineSeparator(),
                "cluster " + health.path("cluster").asString("not created yet") + ", active controller "
                        + health.path("id").asString("none"),
                health.path("workers_count").asInt(0) + " of "
                        + health.path("workers_registered").asInt(0) + " workers up",
                partitions(status.partitions()),
                "",
                table.toString());
    }

    private static String partitions(JsonNode summary) {
        int underReplicated = summary.path("underReplicated").asInt(0);
        int leaderless = summary.path("leaderless").asInt(0);
        int moving = summary.path("moving").asInt(0);
        String all = summary.path("partitions").asInt(0) + " partitions, "
                + summary.path("replicas").asInt(0) + " replicas, write quorum "
                + summary.path("writeQuorum").asInt(0);
        return underReplicated + leaderless + moving == 0
                ? all + ": all healthy"
                : all + ": " + underReplicated + " under-replicated, " + leaderless + " without a leader, " + moving
                        + " moving";
    }
}
