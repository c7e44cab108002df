package io.quorate.cli.verb;

import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code put}, {@code add}, {@code expire} and {@code del}. */
public final class WriteVerbs {
    private WriteVerbs() {}

    private static String written(JsonNode answer) {
        return "revision " + answer.path("revision").asString("") + ", on "
                + answer.path("acks").asInt(0) + " of "
                + answer.path("replicas").asInt(0) + " replicas (quorum "
                + answer.path("quorum").asInt(0) + ")";
    }

    private static String ttl(String text) {
        return "?ttl=" + ClusterClient.encoded(text);
    }

    /** Writes it. */
    @Command(name = "put", description = "Writes a key; done when the write quorum has it on disk.")
    public static final class Put extends OfKeyVerb {
        @Parameters(index = "1", paramLabel = "VALUE", description = "The value, as text.")
        private String value = "";

        @Option(
                names = "--ttl",
                paramLabel = "TIME",
                description = "How long the key is to live: 500ms, 30s, 10m, 2h or 7d. Default: until it is deleted.")
        private @Nullable String ttl;

        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            JsonNode answer = ask(
                            client,
                            "PUT",
                            ttl == null ? "" : ttl(ttl),
                            Optional.of(ClusterClient.valueBody(value)),
                            options.headers())
                    .json();
            out.print("written, " + written(answer), answer);
        }
    }

    /** Adds to it. */
    @Command(
            name = "add",
            description = "Adds to the whole number under a key, which is 0 when there is none, and prints the sum.")
    public static final class Add extends OfKeyVerb {
        @Parameters(
                index = "1",
                paramLabel = "N",
                defaultValue = "1",
                description = "What to add; less than 0 after '--'. Default: ${DEFAULT-VALUE}.")
        private long amount;

        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            JsonNode answer = ask(client, "POST", "?add=" + amount, Optional.empty(), options.headers())
                    .json();
            out.print(answer.path("value").asString(""), answer);
        }
    }

    /** Changes how long it lives. */
    @Command(name = "expire", description = "Changes how long a key lives; its value stays.")
    public static final class Expire extends OfKeyVerb {
        @Parameters(index = "1", paramLabel = "TIME", description = "500ms, 30s, 10m, 2h, 7d, or none.")
        private String ttl = "";

        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            JsonNode answer = ask(client, "PATCH", ttl(ttl), Optional.empty(), options.headers())
                    .json();
            out.print("changed, " + written(answer), answer);
        }
    }

    /** Deletes it. */
    @Command(name = "del", description = "Deletes a key; done when the write quorum has that on disk.")
    public static final class Del extends OfKeyVerb {
        @Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException {
            Http.Reply.Answered answer = ask(client, "DELETE", "", Optional.empty(), options.headers());
            boolean existed = answer.header("Quorate-Existed").orElse("").equals("true");
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            json.put("existed", existed);
            json.put("revision", answer.header("Quorate-Revision").orElse(""));
            out.print(existed ? "deleted" : "there was no such key", json);
        }
    }
}
