package io.quorate.acceptance.torture;

import io.quorate.api.Revision;
import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.Result;
import io.quorate.simulation.history.Version;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls workers over HTTP, and says of each call what its answer promises; thread-safe. */
final class KvClient {
    /** A worker answers within its own REQUEST_TIMEOUT of 2 s if it answers at all. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    private static final Set<Integer> FORESEEN = Set.of(200, 201, 204, 404, 412, 421, 503, 504, 507);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final UnaryOperator<String> addresses;
    private final HttpClient http;
    private final Map<String, LongAdder> unforeseen = new ConcurrentHashMap<>();

    /** @param addresses the HTTP address of each worker */
    KvClient(UnaryOperator<String> addresses, HttpClient http) {
        this.addresses = addresses;
        this.http = http;
    }

    /** Makes a call and waits for its end; a read that is not answered ends like a write of unknown fate. */
    Result call(String worker, String key, Call call) {
        return call(worker, key, call, Optional.empty());
    }

    /**
     * Makes a write and repeats it under one idempotency key, at one worker after the other, until its fate is known or
     * the workers are used up.
     */
    Result callOnce(List<String> workers, String key, Call call) {
        Optional<String> name = Optional.of(UUID.randomUUID().toString());
        Result result = call(workers.getFirst(), key, call, name);
        boolean open = result instanceof Result.Unknown;
        for (String worker : workers.subList(1, workers.size())) {
            if (!open) {
                return result;
            }
            result = call(worker, key, call, name);
            open = result instanceof Result.Unknown || result instanceof Result.NotApplied;
        }
        return open ? new Result.Unknown() : result;
    }

    private Result call(String worker, String key, Call call, Optional<String> name) {
        try {
            HttpResponse<String> answer = http.send(request(worker, key, call, name), BodyHandlers.ofString());
            note(answer);
            return call instanceof Call.Read ? ofRead(answer) : ofWrite(answer, call);
        } catch (ConnectException | HttpConnectTimeoutException neverSent) {
            return new Result.NotApplied();
        } catch (IOException unanswered) {
            return new Result.Unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Unknown();
        }
    }

    private HttpRequest request(String worker, String key, Call call, Optional<String> name) {
        HttpRequest.Builder to = to(worker, key, call instanceof Call.Add(long amount) ? "?add=" + amount : "");
        name.ifPresent(text -> to.header("Idempotency-Key", text));
        return switch (call) {
            case Call.Read() ->
                to.header("Accept", "application/octet-stream").GET().build();
            case Call.Put(String value) -> put(to, value);
            case Call.Delete() -> to.DELETE().build();
            case Call.PutIf(Version expected, String value) -> put(conditional(to, expected), value);
            case Call.DeleteIf(Version expected) ->
                conditional(to, expected).DELETE().build();
            case Call.Add _ -> to.POST(BodyPublishers.noBody()).build();
        };
    }

    private static HttpRequest put(HttpRequest.Builder to, String value) {
        return to.header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString(value))
                .build();
    }

    private static HttpRequest.Builder conditional(HttpRequest.Builder to, Version expected) {
        return switch (expected) {
            case Version.Absent() -> to.header("If-None-Match", "*");
            case Version.At(Revision revision) -> to.header("If-Match", '"' + revision.toString() + '"');
        };
    }

    private HttpRequest.Builder to(String worker, String key, String query) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(addresses.apply(worker) + "/kv/" + encoded + query))
                .timeout(ANSWER_LIMIT);
    }

    private void note(HttpResponse<String> answer) {
        if (!FORESEEN.contains(answer.statusCode())) {
            String text = answer.request().method() + " " + answer.statusCode() + " " + answer.body();
            unforeseen.computeIfAbsent(text, _ -> new LongAdder()).increment();
        }
    }

    /** Answers that a well-formed request must not get, and how often each came. */
    Map<String, LongAdder> unforeseen() {
        return Map.copyOf(unforeseen);
    }

    private static Result ofRead(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> new Result.ReadValue(Optional.of(answer.body()), revision(answer, "Quorate-Revision"));
            case 404 -> new Result.ReadValue(Optional.empty(), Optional.empty());
            default -> new Result.Unknown();
        };
    }

    private static Result ofWrite(HttpResponse<String> answer, Call call) {
        return switch (answer.statusCode()) {
            case 200 -> applied(answer, Optional.of(true), total(answer, call));
            case 201 -> applied(answer, Optional.of(false), total(answer, call));
            case 204 ->
                applied(
                        answer,
                        answer.headers().firstValue("Quorate-Existed").map(Boolean::parseBoolean),
                        Optional.empty());
            case 412 ->
                new Result.ConditionFailed(
                        revision(answer, "ETag").<Version>map(Version.At::new).orElseGet(Version.Absent::new));
            default -> outcome(answer.body()).equals("not_applied") ? new Result.NotApplied() : new Result.Unknown();
        };
    }

    private static Result applied(HttpResponse<String> answer, Optional<Boolean> existed, Optional<Long> total) {
        return new Result.Applied(revision(answer, "Quorate-Revision"), existed, total);
    }

    private static Optional<Long> total(HttpResponse<String> answer, Call call) {
        return call instanceof Call.Add
                ? Optional.of(Long.parseLong(member(answer.body(), "value")))
                : Optional.empty();
    }

    private static Optional<Revision> revision(HttpResponse<String> answer, String header) {
        return answer.headers().firstValue(header).flatMap(text -> Revision.parse(text.replace("\"", "")));
    }

    private static String outcome(String problem) {
        return member(problem, "outcome");
    }

    private static String member(String body, String name) {
        try {
            return MAPPER.readTree(body).path(name).asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }

    /** What a worker's own replica of the key holds; empty when it does not answer from one. */
    Optional<Result.ReadValue> readLocal(String worker, String key) {
        HttpRequest request = to(worker, key, "?consistency=local")
                .header("Accept", "application/octet-stream")
                .GET()
                .build();
        try {
            return ofRead(http.send(request, BodyHandlers.ofString())) instanceof Result.ReadValue read
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (IOException unanswered) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
