package io.quorate.acceptance.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that watches, and goes on with its position at another worker whenever its connection ends. */
final class Watching implements AutoCloseable {
    /** A change that it was shown; {@code made} is the value, or what else became of the key. */
    record Shown(String key, String revision, String made) {}

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ClusterUnderTest cluster;
    private final List<String> workers;
    private final String prefix;
    private final Predicate<Integer> leaves;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Shown> shown = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger stays = new AtomicInteger();
    private final Thread thread;
    private volatile String position = "";
    private volatile boolean ended;

    /** @param leaves whether it leaves its worker of its own accord after so many changes */
    Watching(ClusterUnderTest cluster, String prefix, Predicate<Integer> leaves) {
        this.cluster = cluster;
        this.workers = cluster.workers();
        this.prefix = prefix;
        this.leaves = leaves;
        this.thread = Thread.ofPlatform().start(this::run);
    }

    private void run() {
        while (!ended) {
            String worker = workers.get(stays.getAndIncrement() % workers.size());
            try {
                stay(worker);
            } catch (IOException | RuntimeException brokenOff) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void stay(String worker) throws IOException, InterruptedException {
        String from = position.isEmpty() ? "" : "&from=" + position;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(cluster.address(worker) + "/watch?prefix=" + prefix + from))
                .header("Accept", "application/x-ndjson")
                .build();
        var answer = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() != 200) {
                noteRefusal(answer.statusCode(), lines);
                return;
            }
            int taken = 0;
            for (Iterator<String> each = lines.iterator(); !ended && each.hasNext(); ) {
                taken += take(MAPPER.readTree(each.next()));
                if (leaves.test(taken)) {
                    return;
                }
            }
        }
    }

    private void noteRefusal(int status, Stream<String> lines) {
        if (status != 503 && status != 504) {
            complaints.add(status + " " + lines.toList());
        }
    }

    private int take(JsonNode line) {
        String event = line.path("event").asString("");
        switch (event) {
            case "put" -> show(line, line.path("value").asString(""));
            case "delete" -> show(line, WatchedLoad.DELETED);
            case "heartbeat" -> {
                position = line.path("position").asString("");
                return 0;
            }
            default -> complaints.add(line.toString());
        }
        return 1;
    }

    private void show(JsonNode line, String made) {
        shown.add(new Shown(line.path("key").asString(""), line.path("revision").asString(""), made));
        position = line.path("position").asString("");
    }

    boolean hasBegun() {
        return !position.isEmpty();
    }

    List<Shown> shown() {
        return List.copyOf(shown);
    }

    /** What should not have been answered. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** At how many workers it was, one after another. */
    int stays() {
        return stays.get();
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        http.shutdownNow();
    }
}
