package io.quorate.acceptance.torture;

import io.quorate.cli.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the controllers of a run say about it; thread-safe. */
final class ControllerView {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 100;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final TorturedCluster cluster;
    private final HttpClient http;

    ControllerView(TorturedCluster cluster, HttpClient http) {
        this.cluster = cluster;
        this.http = http;
    }

    /** How the data stands now. */
    Standing standing() {
        return cluster.controllerIds().stream()
                .flatMap(id -> get(id, "/partitions").stream())
                .findFirst()
                .map(document -> Standing.of(document, cluster.partitions()))
                .orElse(Standing.UNKNOWN);
    }

    /** The controller that decides, if there is one that can be asked. One that does not decide passes the question on. */
    Optional<String> active() {
        return cluster.controllerIds().stream()
                .flatMap(id -> get(id, "/health").stream())
                .filter(health -> health.path("active").asBoolean(false))
                .map(health -> health.path("id").asString(""))
                .findFirst();
    }

    /** How many workers are up, 0 when nobody knows. */
    private int workersUp() {
        int up = 0;
        for (JsonNode worker : cluster.controllerIds().stream()
                .flatMap(id -> get(id, "/workers").stream())
                .findFirst()
                .map(document -> document.path("workers"))
                .orElseGet(MAPPER::createArrayNode)) {
            if (worker.path("status").asString("").equals("up")) {
                up++;
            }
        }
        return up;
    }

    /** Waits until every partition has what it should and all workers are up; answers what is missing in the end. */
    String awaitHealthy(Duration limit) {
        return awaitWhole(limit, cluster.workerIds().size());
    }

    /** Waits until every partition has what it should and at least so many workers are up. */
    String awaitWhole(Duration limit, int workersWanted) {
        String[] missing = {""};
        await(limit, () -> {
            Standing now = standing();
            int up = now.isWhole() ? workersUp() : 0;
            missing[0] = now.isWhole() && up < workersWanted ? up + " workers are up" : now.missing();
            return missing[0].isEmpty();
        });
        return missing[0];
    }

    /** Waits for a condition; answers whether it held in time. */
    static boolean await(Duration limit, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0 || !Pause.millis(POLL_MILLIS)) {
                return false;
            }
        }
        return true;
    }

    private Optional<JsonNode> get(String id, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.address(id) + path))
                .timeout(ASK_LIMIT)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(MAPPER.readTree(answer.body())) : Optional.empty();
        } catch (IOException | JacksonException unanswered) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
