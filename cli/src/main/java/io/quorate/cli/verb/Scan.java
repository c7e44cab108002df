package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.ListOptions;
import io.quorate.client.ListedKey;
import io.quorate.client.ListingEndedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorate scan}: the keys of the whole cluster that begin with something. */
@Command(name = "scan", description = "Lists the keys that begin with a prefix, in order, or counts them.")
public final class Scan extends KeyClientVerb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "Default: all keys.")
    private String prefix = "";

    @Option(names = "--values", description = "With the values.")
    private boolean values;

    @Option(names = "--count", description = "Nothing but how many there are.")
    private boolean count;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: all.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--from",
            paramLabel = "CURSOR",
            description = "Goes on where a scan of the same prefix ended that could not go on. Default: the first key.")
    private @Nullable String from;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
        if (limit < 1) {
            throw new CommandRefusedException(ExitCode.USAGE, "--limit is a number from 1.");
        }
        if (count) {
            long keys = client.count(Bytes.utf8(prefix));
            out.print(Long.toString(keys), Map.of("count", keys));
            return;
        }
        try {
            list(client, out);
        } catch (ListingEndedException ended) {
            ended.cursor().ifPresent(cursor -> tellCursor(cursor, out));
            throw AnswerRefusedException.notApplied(ended.why());
        }
    }

    private void list(KeyClient client, Output out) {
        int pageSize = (int) Math.min(limit, ListOptions.PAGE_SIZE);
        long left = limit;
        for (ListedKey each :
                client.list(new ListOptions(Bytes.utf8(prefix), pageSize, Optional.ofNullable(from), values))) {
            out.print(line(each), json(each));
            left--;
            if (left == 0 || out.isAbandoned()) {
                return;
            }
        }
    }

    private void tellCursor(String cursor, Output out) {
        List<String> words = spec.root().commandLine().getParseResult().originalArgs();
        out.note("Go on with: " + GoOn.command(words, cursor));
    }

    private static String line(ListedKey each) {
        String key = KeyText.whole(each.key());
        return each.value()
                .map(value -> key + "\t" + KeyText.whole(value.bytes()))
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
