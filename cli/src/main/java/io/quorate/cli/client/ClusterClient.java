package io.quorate.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the controllers who has a key, and the workers for it. */
public final class ClusterClient implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Http http = new Http();
    private final List<String> controllers;
    private final Duration limit;

    /**
     * @param controllers their HTTP addresses
     * @param limit how long one request may take
     */
    public ClusterClient(List<String> controllers, Duration limit) {
        this.controllers = List.copyOf(controllers);
        this.limit = limit;
    }

    /** Percent-encodes what is not a letter, a digit or one of {@code -_.}. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    /** What a controller answers to a GET. */
    public JsonNode controller(String target) throws AnswerRefusedException {
        return ofController("GET", target, Optional.empty()).json();
    }

    /** Posts JSON to a controller. */
    public JsonNode post(String target, Map<String, ?> body) throws AnswerRefusedException {
        return ofController("POST", target, Optional.of(MAPPER.writeValueAsString(body)))
                .json();
    }

    private Http.Reply.Answered ofController(String method, String target, Optional<String> json)
            throws AnswerRefusedException {
        List<String> failures = new ArrayList<>();
        for (String controller : controllers) {
            Http.Reply reply = http.send(controller, new Http.Asked(method, target, json), limit);
            switch (reply) {
                case Http.Reply.Answered answered -> {
                    return successful(answered);
                }
                case Http.Reply.NotSent(String detail) -> failures.add(controller + ": " + detail);
                case Http.Reply.Lost(String detail) -> {
                    if (json.isPresent()) {
                        throw lost(controller, detail);
                    }
                    failures.add(controller + ": " + detail);
                }
            }
        }
        throw AnswerRefusedException.unreached("No controller answers (" + String.join("; ", failures)
                + "): start one, or name another with --controller or CONTROLLER.");
    }

    private static AnswerRefusedException lost(String whom, String detail) {
        return AnswerRefusedException.unknown(whom + " did not answer (" + detail
                + "): whether it was carried out is not known; look before you repeat it.");
    }

    private static Http.Reply.Answered successful(Http.Reply.Answered answered) throws AnswerRefusedException {
        if (!answered.isSuccess()) {
            throw AnswerRefusedException.answered(answered);
        }
        return answered;
    }

    /** Asks any worker for something that every worker can do. */
    public JsonNode anyWorker(String method, String target) throws AnswerRefusedException {
        return worker(workersFor(""), new Http.Asked(method, target, Optional.empty()))
                .json();
    }

    /** Sends a batch to any worker. */
    public JsonNode batch(String body) throws AnswerRefusedException {
        return worker(workersFor(""), new Http.Asked("POST", "/batch", Optional.of(body)))
                .json();
    }

    /**
     * The workers to ask for a key, best first: its leader, its other replicas, the others that are up.
     *
     * @param key empty for no key in particular
     */
    public List<String> workersFor(String key) throws AnswerRefusedException {
        LinkedHashSet<String> workers = new LinkedHashSet<>();
        JsonNode registered = controller("/workers").path("workers");
        if (!registered.isEmpty() && !key.isEmpty()) {
            addReplicas(key, workers);
        }
        for (JsonNode worker : registered) {
            if (!worker.path("status").asString("").equals("down")) {
                workers.add(worker.path("address").asString(""));
            }
        }
        if (workers.isEmpty()) {
            throw AnswerRefusedException.unreached(
                    "No worker is registered yet: start one, for example with 'quorate worker'.");
        }
        return List.copyOf(workers);
    }

    /** A cluster without partitions yet has none to name; whoever is asked then says what is missing. */
    private void addReplicas(String key, Set<String> workers) {
        try {
            JsonNode map = controller("/map?key=" + encoded(key));
            String primary = map.path("primary").asString("");
            if (!primary.isEmpty()) {
                workers.add(primary);
            }
            map.path("replicas").forEach(replica -> workers.add(replica.asString("")));
        } catch (AnswerRefusedException notYet) {
            workers.clear();
        }
    }

    /** Asks the first of the workers that is reached. */
    public Http.Reply.Answered worker(List<String> workers, Http.Asked asked) throws AnswerRefusedException {
        List<String> failures = new ArrayList<>();
        for (String worker : workers) {
            switch (http.send(worker, asked, limit)) {
                case Http.Reply.Answered answered -> {
                    return successful(answered);
                }
                case Http.Reply.NotSent(String detail) -> failures.add(worker + ": " + detail);
                case Http.Reply.Lost(String detail) -> {
                    if (!asked.method().equals("GET")) {
                        throw lost(worker, detail);
                    }
                    failures.add(worker + ": " + detail);
                }
            }
        }
        throw AnswerRefusedException.unreached(
                "No worker answers (" + String.join("; ", failures) + "); it was not carried out.");
    }

    /** The body of a write: the value as text. */
    public static String valueBody(String value) {
        return MAPPER.writeValueAsString(Map.of("value", value));
    }

    @Override
    public void close() {
        http.close();
    }
}
