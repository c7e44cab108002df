package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.Sentence;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.transfer.Patience;
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
            "It is not atomic; what it deleted before it failed stays deleted, and it can be run again. With -o json the"
                    + " outcome is partly_applied then, or unknown if that of some deletions is."
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
        try {
            Optional<String> from = Optional.empty();
            do {
                JsonNode answer = page(client, begin + cursor(from), from.isPresent());
                long now = answer.path("deleted").asLong(0);
                deleted += now;
                requireProgress(answer, now);
                from = next(answer);
                if (from.isPresent()) {
                    out.note(deleted + " keys deleted so far");
                }
            } while (from.isPresent());
        } catch (AnswerRefusedException refused) {
            if (deleted == 0) {
                throw refused;
            }
            throw stopped(deleted, refused, out);
        }
        out.print(deleted + " keys deleted", json(deleted));
    }

    /** Asks again only where nothing is deleted or open, and, where nobody was there at first, not at all. */
    private static JsonNode page(ClusterClient client, String target, boolean begun) throws AnswerRefusedException {
        return Patience.USUAL.ask(
                () -> client.anyWorker("DELETE", target),
                refused -> !refused.isUnknown()
                        && Patience.passes(refused.exitCode())
                        && (begun || !refused.isUnreached()));
    }

    /** A page of which only a part is deleted is asked for again: what is left of it is deleted, or refused with its reason. */
    private static void requireProgress(JsonNode answer, long deleted) throws AnswerRefusedException {
        if (answer.has("detail") && (deleted == 0 || answer.path("unknown").asLong(0) > 0)) {
            throw AnswerRefusedException.undecided(answer.path("detail").asString(""));
        }
    }

    private static CommandRefusedException stopped(long deleted, AnswerRefusedException refused, Output out) {
        if (out.isJson()) {
            Map<String, Object> json = json(deleted);
            json.putAll(refused.json());
            if (!refused.isUnknown()) {
                json.put("outcome", "partly_applied");
            }
            out.print("", json);
        }
        return new CommandRefusedException(
                refused.exitCode(),
                deleted + " keys are deleted, then: " + (refused.isUnknown() ? "Unknown outcome: " : "")
                        + Sentence.ended(String.valueOf(refused.getMessage())) + " Run it again to go on.");
    }

    private static Map<String, Object> json(long deleted) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deleted", deleted);
        return json;
    }

    private static String cursor(Optional<String> cursor) {
        return cursor.map(from -> "&cursor=" + ClusterClient.encoded(from)).orElse("");
    }

    private static Optional<String> next(JsonNode page) {
        return Optional.of(page.path("cursor").asString("")).filter(text -> !text.isEmpty());
    }
}
