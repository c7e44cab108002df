package io.quorate.cli.verb;

import io.quorate.api.Command;
import io.quorate.api.Problem;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.AtomicResult;
import io.quorate.client.BatchItem;
import io.quorate.client.BatchItemResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate batch}: several writes and reads at once. */
@picocli.CommandLine.Command(
        name = "batch",
        description = {
            "Does the writes and reads that a file holds, and prints what became of each.",
            "The file holds items, one JSON object after the other, or the body of a POST /batch. Of items, up to 128 are"
                    + " done at the same time, each for itself; \"atomic\":true in a body does all of it or nothing.",
            "Ends with the exit code of the first item that was not done."
        })
public final class BatchVerb extends KeyClientVerb {
    /** After these there is no use in sending more. */
    private static final Set<Integer> ENDS_ALL =
            Set.of(ExitCode.UNREACHED, ExitCode.UNKNOWN, Problem.DISK_FULL.exitCode());

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "Holds lines such as {\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"}; - for the standard input."
                            + " Default: -.")
    private String file = "-";

    @Option(
            names = "--idempotency-key",
            paramLabel = "TEXT",
            description =
                    "Names the batch: a repetition with the same text and items gets the outcomes of the first and"
                            + " does nothing more. Default: a name of its own.")
    private @Nullable String idempotencyKey;

    @Override
    void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException {
        List<BatchInput.Part> parts = BatchInput.read(new ValueFile(file).read());
        if (idempotencyKey != null && parts.size() > 1) {
            throw new CommandRefusedException(
                    ExitCode.USAGE,
                    "--idempotency-key names one batch, and " + file + " holds " + parts.size()
                            + ". Nothing was sent.");
        }
        Optional<AnswerRefusedException> first = Optional.empty();
        for (int i = 0; i < parts.size(); i++) {
            Optional<AnswerRefusedException> failure = send(client, parts.get(i), out);
            first = first.or(() -> failure);
            if (failure.filter(why -> ENDS_ALL.contains(why.exitCode())).isPresent() && i + 1 < parts.size()) {
                out.note("The items after these were not sent.");
                break;
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    /** The first failure of it. */
    private Optional<AnswerRefusedException> send(KeyClient client, BatchInput.Part part, Output out)
            throws AnswerRefusedException {
        return switch (part) {
            case BatchInput.Part.Items(List<BatchItem> items) -> each(client, items, out);
            case BatchInput.Part.Together(List<Command> commands) -> together(client, commands, out);
        };
    }

    private Optional<AnswerRefusedException> each(KeyClient client, List<BatchItem> items, Output out)
            throws AnswerRefusedException {
        List<BatchItemResult> results = client.batch(items, Optional.ofNullable(idempotencyKey));
        Optional<AnswerRefusedException> first = Optional.empty();
        for (int i = 0; i < items.size(); i++) {
            ItemLine line = ItemLine.of(items.get(i), results.get(i));
            out.print(line.text(), line.json());
            first = first.or(line::failure);
        }
        return first;
    }

    private Optional<AnswerRefusedException> together(KeyClient client, List<Command> commands, Output out) {
        try {
            AtomicResult.Applied applied = client.atomicBatch(commands, Optional.ofNullable(idempotencyKey));
            for (int i = 0; i < commands.size(); i++) {
                ItemLine line = ItemLine.of(commands.get(i), applied, i);
                out.print(line.text(), line.json());
            }
            return Optional.empty();
        } catch (AnswerRefusedException refused) {
            return Optional.of(refused);
        }
    }
}
