package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.client.QuorateClient;
import io.quorate.client.Refusal;
import io.quorate.client.Watch;
import io.quorate.client.WatchEndedException;
import io.quorate.client.WatchEvent;
import io.quorate.client.WatchOptions;
import io.quorate.server.config.SettingsRefusedException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorate watch}: the changes of keys as they happen. */
@Command(
        name = "watch",
        description = {
            "Shows the changes of the keys that begin with a prefix as they happen, until Ctrl-C.",
            "Says at the end from which position to go on, so that nothing is missed and nothing comes twice."
        })
public final class WatchVerb extends AskingVerb {
    /** How long the end waits for a line that is being printed and that nobody takes. */
    private static final long PRINT_SECONDS = 1;

    @Mixin
    private WorkerOption worker = new WorkerOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "Default: all keys.")
    private String prefix = "";

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            description = "Goes on where an earlier watch of the same prefix ended. Default: begins now.")
    private @Nullable String from;

    @Option(names = "--no-values", description = "Without the values.")
    private boolean withoutValues;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Held while a line is printed, so that the end tells of each line whether it was. */
    private final ReentrantLock printing = new ReentrantLock();

    /** Of the last event that was printed. */
    private volatile @Nullable String position;

    @Override
    void ask(ControllerOption controller, Output out) throws AnswerRefusedException, SettingsRefusedException {
        try (QuorateClient client = worker.client(controller)) {
            OrderlyEnd end = OrderlyEnd.onSignal(() -> endBySignal(out));
            try (Watch watch = client.watch(options())) {
                print(watch, out);
                tellPosition(out);
            } catch (WatchEndedException ended) {
                throw refused(ended, out);
            } finally {
                end.cancel();
            }
        }
    }

    private WatchOptions options() {
        WatchOptions options = new WatchOptions(Bytes.utf8(prefix), Optional.ofNullable(from), true);
        return withoutValues ? options.withoutValues() : options;
    }

    private void print(Watch watch, Output out) {
        ZoneId zone = ZoneId.systemDefault();
        for (WatchEvent event : watch) {
            printing.lock();
            try {
                if (out.isJson()) {
                    out.print("", WatchLines.json(event));
                } else {
                    WatchLines.text(event, zone).ifPresent(out::line);
                }
                if (out.isAbandoned()) {
                    return;
                }
                position = event.position();
            } finally {
                printing.unlock();
            }
        }
    }

    /** Keeps the lock: what would be printed now is told as not printed. */
    private void endBySignal(Output out) {
        try {
            boolean between = printing.tryLock(PRINT_SECONDS, TimeUnit.SECONDS);
            tellPosition(out);
            if (!between) {
                out.note("The line that was being printed comes again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellPosition(Output out) {
        String reached = position == null ? from : position;
        if (reached != null) {
            List<String> words = spec.root().commandLine().getParseResult().originalArgs();
            out.note("Position: " + reached);
            out.note("Go on with: " + GoOn.command(words, reached));
        }
    }

    private AnswerRefusedException refused(WatchEndedException ended, Output out) {
        Refusal why = ended.why();
        if (position != null && !why.is(Problem.POSITION_GONE)) {
            tellPosition(out);
        }
        return worker.advised(AnswerRefusedException.notApplied(why));
    }
}
