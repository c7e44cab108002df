package io.quorate.acceptance.torture;

import io.quorate.acceptance.CannotRun;
import io.quorate.cli.verb.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of {@code quorate torture}. */
@Command(
        name = "quorate torture",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster of processes, uses it, strikes it with faults, and looks whether it keeps its promises.",
            "Exit codes: 0 nothing is wrong, 1 it could not run, 2 the request was wrong, 3 a promise was broken."
        })
public final class TortureMain implements Callable<Integer> {
    /** A promise was broken. */
    static final int VIOLATION = 3;

    private static final int CONTROLLERS = 3;
    private static final int WORKERS = 4;
    private static final int PARTITIONS = 16;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "How long faults go on. Default: 3.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides what strikes whom when. Default: another each time.")
    private @Nullable Long seed;

    @Option(names = "--clients", paramLabel = "C", defaultValue = "24", description = "Clients, 1 to 500. Default: 24.")
    private int clients;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "quorate-data/torture",
            description = "The cluster's folder; an earlier run's is emptied. Default: ./quorate-data/torture.")
    private Path data = Path.of("");

    @Option(
            names = "--faults",
            paramLabel = "KIND,…",
            split = ",",
            description = "Which faults strike: kill, kill-all, kill-controller, pause, pause-controller, lose-disk,"
                    + " restart, cut, fill-disk. Default: all.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Where every call is written, one JSON object a line. Default: DIR/history.jsonl.")
    private @Nullable Path history;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "18000",
            description = "HTTP port of the first controller; workers at +1 …, peers 1000 above. Default: 18000.")
    private int port;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Runs nothing: looks whether a history is linearizable.")
    private @Nullable Path check;

    @Mixin
    private Output output = new Output();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new TortureMain())
                .setExecutionExceptionHandler(new CannotRun())
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public Integer call() {
        Path recorded = check;
        if (recorded != null) {
            HistoryVerdict verdict = HistoryCheck.of(recorded);
            output.print(checked(verdict), verdict);
            return verdict.violations().isEmpty() ? 0 : VIOLATION;
        }
        Report report = new Torture(plan(), this::event).run();
        output.print(report.text(), report.json());
        return report.isClean() ? 0 : VIOLATION;
    }

    private static String checked(HistoryVerdict verdict) {
        StringBuilder text = new StringBuilder();
        verdict.violations()
                .forEach(violation ->
                        text.append("VIOLATION: ").append(violation).append('\n'));
        return text.append("%d calls, %d keys, %d not linearizable, %d undecided"
                        .formatted(
                                verdict.calls(),
                                verdict.keys(),
                                verdict.violations().size(),
                                verdict.undecided().size()))
                .toString();
    }

    private RunPlan plan() {
        if (minutes < 0 || minutes > 24 * 60 || clients < 1 || clients > 500) {
            throw new ParameterException(spec.commandLine(), "--minutes is at most a day, --clients is from 1 to 500.");
        }
        Long wanted = seed;
        Path file = history;
        Path folder = data.toAbsolutePath().normalize();
        return new RunPlan(
                wanted == null ? System.nanoTime() & Integer.MAX_VALUE : wanted,
                Duration.ofMillis((long) (minutes * 60_000)),
                clients,
                folder,
                file == null ? folder.resolve("history.jsonl") : file.toAbsolutePath(),
                kinds(),
                WORKERS,
                CONTROLLERS,
                PARTITIONS,
                port);
    }

    private Set<FaultKind> kinds() {
        if (faults.isEmpty()) {
            return EnumSet.allOf(FaultKind.class);
        }
        return faults.stream()
                .map(text -> FaultKind.named(text)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "There is no fault '" + text + "': known are "
                                        + Arrays.stream(FaultKind.values())
                                                .map(FaultKind::written)
                                                .collect(Collectors.joining(", "))
                                        + ".")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    private void event(String line) {
        output.event("torture", line);
    }
}
