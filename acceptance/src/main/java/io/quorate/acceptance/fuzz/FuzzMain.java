package io.quorate.acceptance.fuzz;

import io.quorate.acceptance.CannotRun;
import io.quorate.cli.LogLines;
import io.quorate.cli.verb.Output;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of {@code quorate fuzz}. */
@Command(
        name = "quorate fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster, sends it requests made at random, and looks whether it answers and goes on as it should.",
            "Exit codes: 0 nothing is wrong, 1 it could not run, 2 the request was wrong, 3 something was."
        })
public final class FuzzMain implements Callable<Integer> {
    /** Something was not as it has to be. */
    static final int VIOLATION = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many requests are sent at least. Default: 100000.")
    private long requests;

    @Option(names = "--seed", paramLabel = "N", description = "Decides what is sent. Default: another each time.")
    private @Nullable Long seed;

    @Option(
            names = "--burst",
            paramLabel = "N",
            description = "Sends only what one connection of such a run did; a report names the connection.")
    private @Nullable Long burst;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections at a time, 1 to 1000. Default: 64.")
    private int connections;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "quorate-data/fuzz",
            description = "The cluster's folder; an earlier run's is emptied. Default: ./quorate-data/fuzz.")
    private Path data = Path.of("");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "19000",
            description = "HTTP port of the controller; workers at +1 …, peers 1000 above. Default: 19000.")
    private int port;

    @Mixin
    private Output output = new Output();

    private final boolean alone;

    /** @param alone whether the process is there for this run, so that its log may go into the cluster's folder */
    FuzzMain(boolean alone) {
        this.alone = alone;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(true).execute(arguments));
    }

    static CommandLine commandLine(boolean alone) {
        return new CommandLine(new FuzzMain(alone))
                .setExecutionExceptionHandler(new CannotRun())
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public Integer call() {
        if (requests < 1 || connections < 1 || connections > 1_000) {
            throw new ParameterException(
                    spec.commandLine(), "--requests is at least 1, --connections is from 1 to 1000.");
        }
        Path folder = data.toAbsolutePath().normalize();
        if (alone) {
            LogLines.wantInFile("text", "warn", folder.resolve("log.txt"));
        }
        Long wanted = seed;
        FuzzReport report = run(folder, wanted == null ? System.nanoTime() & Integer.MAX_VALUE : wanted);
        output.print(report.text(), report);
        return report.isClean() ? 0 : VIOLATION;
    }

    private FuzzReport run(Path folder, long chosen) {
        AtomicReference<@Nullable Fuzz> running = new AtomicReference<>();
        try (FuzzedCluster cluster = new FuzzedCluster(folder, port, line -> {
            Fuzz fuzz = running.get();
            if (fuzz != null) {
                fuzz.ended(line);
            }
        })) {
            Long only = burst;
            Fuzz fuzz = new Fuzz(cluster, chosen, only == null ? connections : 1, this::event);
            running.set(fuzz);
            event("seed " + chosen + ", the cluster is ready");
            return only == null ? fuzz.run(0, requests) : fuzz.run(only, 1);
        }
    }

    private void event(String line) {
        output.event("fuzz", line);
    }
}
