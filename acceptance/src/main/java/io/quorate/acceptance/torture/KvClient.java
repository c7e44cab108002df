package io.quorate.acceptance.torture;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls workers over HTTP, and says of each call what its answer promises; thread-safe. */
final class KvClient {
    /** A worker answers within its own REQUEST_TIMEOUT of 2 s if it answers at all. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    private static final Set<Integer> FORESEEN = Set.of(200, 201, 204, 404, 412, 421, 503, 504, 507);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final TorturedCluster cluster;
    private final HttpClient http;
    private final Map<String, LongAdder> unforeseen = new ConcurrentHashMap<>();

    KvClient(TorturedCluster cluster, HttpClient http) {
        this.cluster = cluster;
        this.http = http;
    }

    /** Makes a call and waits for its end. */
    Done call(int client, String worker, String key, Request request) {
        HttpRequest sent = request(worker, key, request);
        long startNanos = System.nanoTime();
        Ending ending = ending(sent, request);
        return new Done(client, key, request, startNanos, System.nanoTime(), ending);
    }

    private HttpRequest request(String worker, String key, Request request) {
        HttpRequest.Builder builder = to(worker, key, "");
        return switch (request) {
            case Request.Read() ->
                builder.header("Accept", "application/octet-stream").GET().build();
            case Request.Put(String value) ->
                builder.header("Content-Type", "text/plain")
                        .PUT(BodyPublishers.ofString(value))
                        .build();
            case Request.Delete() -> builder.DELETE().build();
        };
    }

    private HttpRequest.Builder to(String worker, String key, String query) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(cluster.address(worker) + "/kv/" + encoded + query))
                .timeout(ANSWER_LIMIT);
    }

    private Ending ending(HttpRequest sent, Request request) {
        boolean read = request instanceof Request.Read;
        try {
            HttpResponse<String> answer = http.send(sent, BodyHandlers.ofString());
            note(answer);
            return read ? ofRead(answer) : ofWrite(answer);
        } catch (ConnectException | HttpConnectTimeoutException neverSent) {
            return read ? new Ending.Unanswered() : new Ending.NotApplied();
        } catch (IOException unanswered) {
            return read ? new Ending.Unanswered() : new Ending.Unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return read ? new Ending.Unanswered() : new Ending.Unknown();
        }
    }

    private void note(HttpResponse<String> answer) {
        if (!FORESEEN.contains(answer.statusCode())) {
            String text = answer.request().method() + " " + answer.statusCode() + " " + answer.body();
            unforeseen.computeIfAbsent(text, each -> new LongAdder()).increment();
        }
    }

    /** Answers that a well-formed request must not get, and how often each came. */
    Map<String, LongAdder> unforeseen() {
        return Map.copyOf(unforeseen);
    }

    private static Ending ofRead(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> new Ending.Seen(Optional.of(answer.body()));
            case 404 -> new Ending.Seen(Optional.empty());
            default -> new Ending.Unanswered();
        };
    }

    private static Ending ofWrite(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 == 2) {
            return new Ending.Applied();
        }
        if (answer.statusCode() == 412) {
            return new Ending.ConditionFailed();
        }
        return outcome(answer.body()).equals("not_applied") ? new Ending.NotApplied() : new Ending.Unknown();
    }

    private static String outcome(String problem) {
        try {
            return MAPPER.readTree(problem).path("outcome").asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }

    /** What a worker's own replica of the key holds; empty when it does not answer from one. */
    Optional<Ending.Seen> readLocal(String worker, String key) {
        HttpRequest sent = to(worker, key, "?consistency=local")
                .header("Accept", "application/octet-stream")
                .GET()
                .build();
        return ending(sent, new Request.Read()) instanceof Ending.Seen seen ? Optional.of(seen) : Optional.empty();
    }
}
