package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code scan} and {@code del-prefix}: the keys of the whole cluster that begin with something. */
public final class AllKeysVerbs {
    private AllKeysVerbs() {}

    private static String cursor(Optional<String> cursor) {
        return cursor.map(from -> "&cursor=" + ClusterClient.encoded(from)).orElse("");
    }

    private static Optional<String> next(JsonNode page) {
        return Optional.of(page.path("cursor").asString("")).filter(text -> !text.isEmpty());
    }

    /** Lists them. */
    @Command(name = "scan", description = "Lists the keys that begin with a prefix, in order, or counts them.")
    public static final class Scan extends ClientVerb {
        private static final int PAGE = 1_000;

        @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "Default: all keys.")
        private String prefix = "";

        @Option(names = "--values", description = "With the values.")
        private boolean values;

        @Option(names = "--count", description = "Nothing but how many there are.")
        private boolean count;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: all.")
        private long limit = Long.MAX_VALUE;

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
            if (limit < 1) {
                throw new CommandRefusedException(ExitCode.USAGE, "--limit is a number from 1.");
            }
            String begin = "/kv?prefix=" + ClusterClient.encoded(prefix);
            if (count) {
                JsonNode answer = client.anyWorker("GET", begin + "&count=true");
                out.print(answer.path("count").asString(""), answer);
                return;
            }
            long left = limit;
            Optional<String> from = Optional.empty();
            do {
                JsonNode page = client.anyWorker(
                        "GET",
                        begin + "&limit=" + Math.min(left, PAGE) + (values ? "&values=true" : "") + cursor(from));
                for (JsonNode item : page.path("items")) {
                    out.print(line(item), item);
                    left--;
                }
                from = next(page);
            } while (from.isPresent() && left > 0);
        }

        private String line(JsonNode item) {
            String key = shown(item, "key");
            return values ? key + "\t" + shown(item, "value") : key;
        }

        private static String shown(JsonNode item, String name) {
            return item.has(name)
                    ? item.path(name).asString("")
                    : "base64:" + item.path(name + "Base64").asString("");
        }
    }

    /** Deletes them. */
    @Command(
            name = "del-prefix",
            description = {
                "Deletes every key that begins with a prefix, one by one, and shows how far it is.",
                "It is not atomic; what it deleted before it failed stays deleted, and it can be run again."
            })
    public static final class DeletePrefix extends ClientVerb {
        private static final int PAGE = 1_000;

        @Parameters(index = "0", paramLabel = "PREFIX", description = "\"\" for all keys.")
        private String prefix = "";

        @Option(names = "--yes", description = "It is meant.")
        private boolean yes;

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
            if (!yes) {
                throw new CommandRefusedException(
                        ExitCode.USAGE,
                        "This deletes every key that begins with '" + prefix + "': add --yes to say that it is meant."
                                + " 'quorate scan --count' tells how many there are.");
            }
            String begin = "/kv?confirm=yes&limit=" + PAGE + "&prefix=" + ClusterClient.encoded(prefix);
            long deleted = 0;
            Optional<String> from = Optional.empty();
            do {
                JsonNode answer = client.anyWorker("DELETE", begin + cursor(from));
                deleted += answer.path("deleted").asLong(0);
                from = next(answer);
                if (answer.has("detail")) {
                    throw new CommandRefusedException(
                            answer.path("unknown").asLong(0) > 0 ? ExitCode.UNKNOWN : ExitCode.UNREACHED,
                            deleted + " keys are deleted, then: "
                                    + answer.path("detail").asString("") + ". Run it again to go on.");
                }
                if (from.isPresent()) {
                    out.note(deleted + " keys deleted so far");
                }
            } while (from.isPresent());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("deleted", deleted);
            out.print(deleted + " keys deleted", json);
        }
    }

    /** Several writes and reads at once. */
    @Command(
            name = "batch",
            description = {
                "Sends the body of a POST /batch from a file, and prints what became of each item.",
                "Ends with the exit code of the first item that was not done."
            })
    public static final class Batch extends ClientVerb {
        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "Holds {\"items\":[{\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"},…]}; - for the standard"
                        + " input.")
        private String file = "";

        @Override
        void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
            String body = new String(new ValueFile(file).read().toArray(), StandardCharsets.UTF_8);
            JsonNode answer = client.batch(body);
            for (JsonNode item : answer.path("items")) {
                out.print(item.toString(), item);
            }
            for (JsonNode item : answer.path("items")) {
                if (item.path("status").asInt(200) >= 300) {
                    throw AnswerRefusedException.answered(
                            new Http.Reply.Answered(item.path("status").asInt(0), item.toString()));
                }
            }
        }
    }
}
