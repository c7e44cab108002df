package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.Pause;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import io.quorate.cli.cluster.ClusterControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code quorate demo}: plays the whole story on a cluster that {@code up} runs. */
@Command(
        name = "demo",
        description = {
            "Plays the whole story on a running 'quorate up': health, mapping, a write, reads from three workers,",
            "a worker stopped, its replicas made again elsewhere, the worker back."
        })
public final class Demo extends ClientVerb {
    private static final String KEY = "demo-key";
    private static final String VALUE = "demo-value";
    private static final String NEXT_VALUE = "written while a worker is away";
    private static final Duration COPIES_LIMIT = Duration.ofSeconds(10);
    private static final Duration DOWN_LIMIT = Duration.ofSeconds(60);
    private static final Duration HEAL_LIMIT = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 200;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
        ClusterControl cluster = new ClusterControl(data.folder());
        Story story = new Story(client, out);
        story.showHealth();
        JsonNode map = story.showMapping();
        story.write(VALUE);
        story.readFromEveryReplica(map, VALUE);
        String victim = map.path("primaryId").asString("");
        int workers = client.controller("/health").path("workers_count").asInt(0);
        out.event("stop", "5. Stop " + victim + ", which leads the key");
        out.event("stopped", "   " + cluster.stop(victim));
        boolean backAgain = false;
        try {
            story.write(NEXT_VALUE);
            story.awaitDown(victim);
            story.watchHealing(workers);
            backAgain = true;
        } finally {
            if (!backAgain) {
                cluster.start(victim);
            }
        }
        out.event("start", "7. Start " + victim + " again");
        out.event("started", "   " + cluster.start(victim));
        story.awaitUp(victim);
        story.readFromEveryReplica(client.controller("/map?key=" + KEY), NEXT_VALUE);
        out.event("done", "That was it: nothing was lost, and nobody had to do anything.");
    }

    /** The steps, each of which says what it does and shows what came of it. */
    private record Story(ClusterClient client, Output out) {
        void showHealth() throws AnswerRefusedException {
            show("1. Health of the cluster", "health", client.controller("/health"));
        }

        JsonNode showMapping() throws AnswerRefusedException, CommandRefusedException {
            JsonNode map = client.controller("/map?key=" + KEY);
            show("2. Who keeps '" + KEY + "'", "map", map);
            if (map.path("primaryId").asString("").isEmpty()) {
                throw new CommandRefusedException("Nobody leads the key's partition yet: try again in a moment.");
            }
            return map;
        }

        void write(String value) throws AnswerRefusedException {
            JsonNode answer = client.worker(
                            client.workersFor(KEY),
                            new Http.Asked("PUT", "/kv/" + KEY, Optional.of(ClusterClient.valueBody(value))))
                    .json();
            show("   Write '" + value + "'", "write", answer);
        }

        private void show(String title, String event, JsonNode what) {
            out.print(title + System.lineSeparator() + "   " + what, Map.of("event", event, "answer", what));
        }

        /** A follower has it on disk before it is acknowledged, and applies it a moment later. */
        void readFromEveryReplica(JsonNode map, String value) throws AnswerRefusedException {
            LinkedHashSet<String> holders = new LinkedHashSet<>();
            holders.add(map.path("primary").asString(""));
            map.path("replicas").forEach(replica -> holders.add(replica.asString("")));
            holders.remove("");
            List<String> lines = new ArrayList<>();
            for (String holder : holders) {
                String read = readLocal(holder);
                long deadlineNanos = System.nanoTime() + COPIES_LIMIT.toNanos();
                while (!read.equals(value) && System.nanoTime() < deadlineNanos) {
                    Pause.millis(POLL_MILLIS);
                    read = readLocal(holder);
                }
                lines.add("   " + holder + "  " + read);
            }
            out.print(
                    "4. Read from each replica (consistency=local)" + System.lineSeparator()
                            + String.join(System.lineSeparator(), lines),
                    Map.of(
                            "event",
                            "read",
                            "replicas",
                            lines.stream().map(String::strip).toList()));
        }

        private String readLocal(String worker) {
            try {
                Http.Reply.Answered answer = client.worker(
                        List.of(worker), new Http.Asked("GET", "/kv/" + KEY + "?consistency=local", Optional.empty()));
                return answer.json().path("value").asString("");
            } catch (AnswerRefusedException refused) {
                return "(" + refused.getMessage() + ")";
            }
        }

        void awaitDown(String worker) throws AnswerRefusedException {
            out.event("waiting", "6. The controller waits for heartbeats of " + worker + "…");
            await(worker, "down", DOWN_LIMIT);
        }

        void awaitUp(String worker) throws AnswerRefusedException {
            await(worker, "up", DOWN_LIMIT);
        }

        private void await(String worker, String status, Duration limit) throws AnswerRefusedException {
            long deadlineNanos = System.nanoTime() + limit.toNanos();
            while (!statusOf(worker).equals(status)) {
                if (System.nanoTime() > deadlineNanos) {
                    out.event("late", "   " + worker + " is still " + statusOf(worker) + "; going on");
                    return;
                }
                Pause.millis(POLL_MILLIS);
            }
            out.event("worker", "   " + worker + " is " + status);
        }

        private String statusOf(String worker) throws AnswerRefusedException {
            for (JsonNode row : client.controller("/workers").path("workers")) {
                if (row.path("id").asString("").equals(worker)) {
                    return row.path("status").asString("");
                }
            }
            return "not registered";
        }

        /** With as many workers as replicas there is no spare one that could take a replica. */
        void watchHealing(int workers) throws AnswerRefusedException {
            JsonNode summary = client.controller("/partitions").path("summary");
            if (workers <= summary.path("replicas").asInt(0)) {
                out.event("no-spare", "   No worker is spare, so the replicas stay two until it is back.");
                return;
            }
            new HealingProgress(client, out).watch(HEAL_LIMIT);
        }
    }
}
