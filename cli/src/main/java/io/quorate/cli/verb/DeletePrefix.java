package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code quorate del-prefix}: removes the keys of the whole cluster that begin with something. */
@Command(
        name = "del-prefix",
        description = {
            "Deletes every key that begins with a prefix, one by one, and shows how far it is.",
            "It is not atomic; what it deleted before it failed stays deleted, and it can be run again."
        })
public final class DeletePrefix extends ClientVerb {
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

    private static String cursor(Optional<String> cursor) {
        return cursor.map(from -> "&cursor=" + ClusterClient.encoded(from)).orElse("");
    }

    private static Optional<String> next(JsonNode page) {
        return Optional.of(page.path("cursor").asString("")).filter(text -> !text.isEmpty());
    }
}
