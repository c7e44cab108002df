package io.quorate.cli.verb;

import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.client.ReadOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a read can be told. */
final class ReadTerms {
    @Option(
            names = "--consistency",
            paramLabel = "linearizable|bounded|local",
            description =
                    "linearizable: what was written last; bounded: what any replica has that lacks nothing older than"
                            + " --max-staleness; local: what any replica has. Default: linearizable.")
    private String consistency = "linearizable";

    @Option(
            names = "--max-staleness",
            paramLabel = "TIME",
            description = "How long ago at most what a bounded read lacks was written: 1ms to 1h. Default: 500ms.")
    private @Nullable String maxStaleness;

    @Option(
            names = "--min-revision",
            paramLabel = "REVISION",
            description =
                    "What is read takes this into account, which 'put' or 'get -o json' printed for a key of the same"
                            + " partition.")
    private @Nullable String minRevision;

    ReadOptions options() throws AnswerRefusedException {
        try {
            return new ReadOptions(consistency(), staleness(), minimum());
        } catch (IllegalArgumentException mistake) {
            throw wrong(String.valueOf(mistake.getMessage()));
        }
    }

    private Consistency consistency() throws AnswerRefusedException {
        return switch (consistency) {
            case "linearizable" -> Consistency.LINEARIZABLE;
            case "bounded" -> Consistency.BOUNDED;
            case "local" -> Consistency.LOCAL;
            default ->
                throw wrong("There is no consistency '" + consistency + "': known are linearizable, bounded, local.");
        };
    }

    private Optional<Duration> staleness() throws AnswerRefusedException {
        if (maxStaleness == null) {
            return Optional.empty();
        }
        if (LifetimeText.parse(maxStaleness).orElse(Lifetime.FOREVER) instanceof Lifetime.For(long millis)) {
            return Optional.of(Duration.ofMillis(millis));
        }
        throw wrong(
                "--max-staleness is a whole number with ms, s, m or h, from 1ms to 1h, not '" + maxStaleness + "'.");
    }

    private Optional<Revision> minimum() throws AnswerRefusedException {
        if (minRevision == null) {
            return Optional.empty();
        }
        Optional<Revision> revision = Revision.parse(minRevision.replace("\"", ""));
        if (revision.isEmpty()) {
            throw wrong("--min-revision is a revision such as 7-41, not '" + minRevision + "'.");
        }
        return revision;
    }

    private static AnswerRefusedException wrong(String line) {
        return AnswerRefusedException.notApplied(Problem.BAD_REQUEST, line);
    }
}
