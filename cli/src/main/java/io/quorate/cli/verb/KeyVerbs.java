package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.ReadResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code get} and {@code keys}. */
public final class KeyVerbs {
    private KeyVerbs() {}

    /** Reads it. */
    @Command(name = "get", description = "Reads a key and prints its value.")
    public static final class Get extends OfKeyVerb {
        @Mixin
        private ReadTerms terms = new ReadTerms();

        @Option(
                names = "--file",
                paramLabel = "PATH",
                description = "Writes the value, byte for byte, to this file instead; - for the standard output.")
        private @Nullable String file;

        @Override
        void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
            ReadResult.Found found = client.read(keyBytes(), terms.options());
            Bytes bytes = found.value().bytes();
            if (file == null) {
                out.print(new String(bytes.toArray(), StandardCharsets.UTF_8), json(found));
                return;
            }
            ValueFile target = new ValueFile(file);
            target.write(bytes);
            if (!target.isStandard()) {
                out.print(bytes.length() + " bytes written to " + file, written(found));
            }
        }

        private Map<String, Object> json(ReadResult.Found found) {
            Bytes bytes = found.value().bytes();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            bytes.asUtf8()
                    .ifPresentOrElse(
                            text -> json.put("value", text),
                            () -> json.put("valueBase64", Base64.getEncoder().encodeToString(bytes.toArray())));
            json.put("revision", found.revision().toString());
            found.timeToLive()
                    .ifPresent(left -> json.put("expiresMillis", System.currentTimeMillis() + left.toMillis()));
            return json;
        }

        private Map<String, Object> written(ReadResult.Found found) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            json.put("file", String.valueOf(file));
            json.put("bytes", found.value().bytes().length());
            json.put("revision", found.revision().toString());
            return json;
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
                    ? KeyText.shown(key.asString(""), Integer.MAX_VALUE)
                    : "base64:" + key.path("keyBase64").asString("");
        }
    }
}
