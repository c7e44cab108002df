package io.quorate.cli.verb;

import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code put}, {@code get}, {@code del} and {@code keys}. */
public final class KeyVerbs {
    private KeyVerbs() {}

    /** What those share that are about one key. */
    abstract static class OfKey extends ClientVerb {
        @Option(
                names = "--worker",
                paramLabel = "URL",
                description = "The worker to ask. Default: the key's leader, as the controller names it.")
        private @Nullable String worker;

        @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
        String key = "";

        Http.Reply.Answered ask(ClusterClient client, String method, String parameters, Optional<String> body)
                throws AnswerRefusedException {
            List<String> workers = worker == null ? client.workersFor(key) : List.of(worker.replaceAll("/$", ""));
            return client.worker(workers, method, "/kv/" + ClusterClient.encoded(key) + parameters, body);
        }
    }

    /** Writes it. */
    @Command(name = "put", description = "Writes a key; done when the write quorum has it on disk.")
    public static final class Put extends OfKey {
        @Parameters(index = "1", paramLabel = "VALUE", description = "The value, as text.")
        private String value = "";

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            JsonNode answer = ask(client, "PUT", "", Optional.of(ClusterClient.valueBody(value)))
                    .json();
            out.print(
                    "written, revision " + answer.path("revision").asString("") + ", on "
                            + answer.path("acks").asInt(0) + " of "
                            + answer.path("replicas").asInt(0) + " replicas (quorum "
                            + answer.path("quorum").asInt(0) + ")",
                    answer);
        }
    }

    /** Reads it. */
    @Command(name = "get", description = "Reads a key and prints its value.")
    public static final class Get extends OfKey {
        @Option(
                names = "--consistency",
                paramLabel = "linearizable|local",
                description =
                        "linearizable: what was written last; local: what the asked worker's replica has. Default:"
                                + " linearizable.")
        private String consistency = "linearizable";

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            Http.Reply.Answered answer =
                    ask(client, "GET", "?consistency=" + ClusterClient.encoded(consistency), Optional.empty());
            JsonNode json = answer.json();
            out.print(text(json), json);
        }

        private static String text(JsonNode json) {
            JsonNode value = json.path("value");
            if (value.isString()) {
                return value.asString("");
            }
            if (!value.isMissingNode()) {
                return value.toString();
            }
            byte[] bytes = Base64.getDecoder().decode(json.path("valueBase64").asString(""));
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Deletes it. */
    @Command(name = "del", description = "Deletes a key; done when the write quorum has that on disk.")
    public static final class Del extends OfKey {
        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            Http.Reply.Answered answer = ask(client, "DELETE", "", Optional.empty());
            boolean existed = answer.header("Quorate-Existed").orElse("").equals("true");
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            json.put("existed", existed);
            json.put("revision", answer.header("Quorate-Revision").orElse(""));
            out.print(existed ? "deleted" : "there was no such key", json);
        }
    }

    /** Lists them. */
    @Command(name = "keys", description = "Lists the keys of the cluster, or those that one worker holds.")
    public static final class Keys extends ClientVerb {
        private static final int PAGE = 1_000;

        @Option(names = "--worker", paramLabel = "ID", description = "Only the keys that this worker holds.")
        private @Nullable String worker;

        @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin so.")
        private String prefix = "";

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            Optional<String> cursor = Optional.empty();
            do {
                JsonNode page = client.controller(target(cursor));
                page.path("keys").forEach(key -> out.print(shown(key), Map.of("key", key)));
                if (!page.path("withoutAnswerOf").isEmpty()) {
                    out.note("Without an answer of "
                            + String.join(
                                    ", ",
                                    page.path("withoutAnswerOf").values().stream()
                                            .map(id -> id.asString(""))
                                            .toList())
                            + ": keys that only they hold are missing.");
                }
                cursor = Optional.of(page.path("cursor").asString("")).filter(text -> !text.isEmpty());
            } while (cursor.isPresent());
        }

        private String target(Optional<String> cursor) {
            return "/ui/api/keys?limit=" + PAGE + "&prefix=" + ClusterClient.encoded(prefix)
                    + (worker == null ? "" : "&worker=" + ClusterClient.encoded(worker))
                    + cursor.map(from -> "&cursor=" + ClusterClient.encoded(from))
                            .orElse("");
        }

        private static String shown(JsonNode key) {
            return key.isString()
                    ? key.asString("")
                    : "base64:" + key.path("keyBase64").asString("");
        }
    }
}
