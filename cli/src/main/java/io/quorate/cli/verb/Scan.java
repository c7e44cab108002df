package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.ListOptions;
import io.quorate.client.ListedKey;
import io.quorate.client.ListingEndedException;
import io.quorate.client.QuorateClientBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorate scan}: the keys of the whole cluster that begin with something. */
@Command(
        name = "scan",
        description = {
            "Lists the keys that begin with a prefix, in order, or counts them.",
            "A line shows a control character, such as the end of a line, as a dot, and bytes that are no UTF-8 in Base64;"
                    + " -o json tells exactly what keys and values are, and 'quorate get KEY --file' writes one value."
        })
public final class Scan extends KeyClientVerb {
    /** It goes through all keys in one request: the more there are, the longer it takes. */
    private static final Duration COUNT_LIMIT = QuorateClientBuilder.MAX_DEADLINE;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "Default: all keys.")
    private String prefix = "";

    @Option(names = "--values", description = "With the values.")
    private boolean values;

    @Option(
            names = "--count",
            description =
                    "Nothing but how many there are; waits for it up to five minutes. Not with --values, --limit, --from.")
    private boolean count;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: all.")
    private @Nullable Long limit;

    @Option(
            names = "--from",
            paramLabel = "CURSOR",
            description = "Goes on where a scan of the same prefix ended that could not go on. Default: the first key.")
    private @Nullable String from;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    void settings(QuorateClientBuilder builder) {
        if (count) {
            builder.deadline(COUNT_LIMIT);
        }
    }

    @Override
    void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
        if (limit != null && limit < 1) {
            throw new CommandRefusedException(ExitCode.USAGE, "--limit is a number from 1.");
        }
        if (count && (values || limit != null || from != null)) {
            throw new CommandRefusedException(
                    ExitCode.USAGE,
                    "--count counts all keys that begin with the prefix: leave --values, --limit and --from out.");
        }
        if (count) {
            long keys = client.count(Bytes.utf8(prefix));
            out.print(Long.toString(keys), Map.of("count", keys));
            return;
        }
        long printed = 0;
        try {
            int pageSize = limit == null ? ListOptions.PAGE_SIZE : (int) Math.min(limit, ListOptions.PAGE_SIZE);
            for (ListedKey each :
                    client.list(new ListOptions(Bytes.utf8(prefix), pageSize, Optional.ofNullable(from), values))) {
                out.print(line(each), json(each));
                printed++;
                if ((limit != null && printed == limit) || out.isAbandoned()) {
                    return;
                }
            }
        } catch (ListingEndedException ended) {
            OptionalLong left = limit == null ? OptionalLong.empty() : OptionalLong.of(limit - printed);
            ended.cursor().ifPresent(cursor -> tellCursor(cursor, left, out));
            throw AnswerRefusedException.notApplied(ended.why());
        }
    }

    private void tellCursor(String cursor, OptionalLong left, Output out) {
        List<String> words = spec.root().commandLine().getParseResult().originalArgs();
        out.note("Go on with: " + GoOn.command(words, cursor, left));
    }

    private static String line(ListedKey each) {
        String key = KeyText.onOneLine(each.key());
        return each.value()
                .map(value -> key + "\t" + KeyText.onOneLine(value.bytes()))
                .orElse(key);
    }

    private static Map<String, Object> json(ListedKey each) {
        Map<String, Object> json = new LinkedHashMap<>();
        KeyText.putBytes(json, "key", each.key());
        each.value().ifPresent(value -> KeyText.putValue(json, value));
        json.put("revision", each.revision().toString());
        each.expiresMillis().ifPresent(millis -> json.put("expiresMillis", millis));
        return json;
    }
}
