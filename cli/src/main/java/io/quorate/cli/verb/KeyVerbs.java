package io.quorate.cli.verb;

import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code get} and {@code keys}. */
public final class KeyVerbs {
    private KeyVerbs() {}

    /** Reads it. */
    @Command(name = "get", description = "Reads a key and prints its value.")
    public static final class Get extends OfKeyVerb {
        @Option(
                names = "--consistency",
                paramLabel = "linearizable|local",
                description =
                        "linearizable: what was written last; local: what the asked worker's replica has. Default:"
                                + " linearizable.")
        private String consistency = "linearizable";

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            Http.Reply.Answered answer = ask(
                    client, "GET", "?consistency=" + ClusterClient.encoded(consistency), Optional.empty(), Map.of());
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
