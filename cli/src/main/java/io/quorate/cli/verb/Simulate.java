package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.simulation.Plant;
import io.quorate.simulation.SeedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quorate simulate}: a whole cluster under faults in virtual time, decided by a seed. */
@Command(
        name = "simulate",
        description = {
            "Runs a whole cluster under faults in virtual time, all decided by a seed, and looks after every event"
                    + " whether its promises hold.",
            "Exit codes: 0 all held, 2 the request was wrong, 3 a promise was broken."
        })
public final class Simulate implements Callable<Integer> {
    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final int MAX_MINUTES = 24 * 60;
    private static final int PLANT_SEEDS = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output out = new Output();

    @Option(names = "--seed", paramLabel = "N", description = "The seed. Default: another each time.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "A..B", description = "All seeds from A to B, until one breaks a promise.")
    private @Nullable String seeds;

    @Option(names = "--keep-going", description = "Goes on after a seed that broke a promise.")
    private boolean keepGoing;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "How long there are faults, in simulated time; a time to recover follows. Default: 3.")
    private double minutes;

    @Option(names = "--trace", paramLabel = "FILE", description = "Writes what happens, a line each; for one seed.")
    private @Nullable Path trace;

    @Option(names = "--plant", paramLabel = "NAME", description = "Runs with a rule made wrong on purpose.")
    private @Nullable String plant;

    @Option(
            names = "--plants",
            arity = "0..1",
            fallbackValue = "list",
            paramLabel = "all",
            description = "Lists the rules that can be made wrong; with 'all', looks how many seeds each takes.")
    private @Nullable String plants;

    @Override
    public Integer call() throws CommandRefusedException {
        if (minutes <= 0 || minutes > MAX_MINUTES) {
            throw wrong("--minutes is more than 0 and at most " + MAX_MINUTES + ".");
        }
        String wanted = plants;
        if (wanted != null) {
            return switch (wanted) {
                case "list" -> listed();
                case "all" -> searched();
                default -> throw wrong("--plants takes nothing, or 'all'.");
            };
        }
        Range range = range();
        Path file = trace;
        if (file != null) {
            if (range.first() != range.last()) {
                throw wrong("--trace is for one seed.");
            }
            return traced(run(range.first(), named()), file);
        }
        return all(range, named());
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }

    /** Seeds, both ends included. */
    private record Range(long first, long last) {}

    private Range range() {
        String text = seeds;
        Long one = seed;
        if (text == null) {
            long number = one == null ? System.nanoTime() & Integer.MAX_VALUE : one;
            return new Range(number, number);
        }
        if (one != null) {
            throw wrong("Give --seed or --seeds.");
        }
        int dots = text.indexOf("..");
        try {
            Range range = new Range(Long.parseLong(text.substring(0, dots)), Long.parseLong(text.substring(dots + 2)));
            if (range.first() <= range.last()) {
                return range;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // It is said below.
        }
        throw wrong("--seeds '" + text + "' is not two numbers such as 1..200, the lesser one first.");
    }

    private Optional<Plant> named() {
        return Optional.ofNullable(plant)
                .map(name -> Plant.named(name)
                        .orElseThrow(() -> wrong("There is no plant '" + name + "': known are "
                                + Arrays.stream(Plant.values())
                                        .map(Plant::written)
                                        .collect(Collectors.joining(", ")) + ".")));
    }

    private SeedRun run(long number, Optional<Plant> wrongRule) {
        return new SeedRun(number, (long) (minutes * MILLIS_PER_MINUTE), wrongRule);
    }

    private int listed() {
        for (Plant each : Plant.values()) {
            out.print(
                    "%-26s %s".formatted(each.written(), each.words()),
                    Map.of("plant", each.written(), "words", each.words()));
        }
        return ExitCode.DONE;
    }

    /** Looks for the first seed that finds each plant; one that none of them finds is a violation of its own. */
    private int searched() throws CommandRefusedException {
        int code = ExitCode.DONE;
        for (Plant each : Plant.values()) {
            Optional<SeedRun> found = firstBroken(each);
            out.print(
                    "%-26s %s"
                            .formatted(
                                    each.written(),
                                    found.map(run -> "found by seed " + run.seed())
                                            .orElse("not found by " + PLANT_SEEDS + " seeds")),
                    Map.of(
                            "plant",
                            each.written(),
                            "seed",
                            found.map(SeedRun::seed).orElse(-1L)));
            if (found.isEmpty()) {
                code = ExitCode.VIOLATION;
            }
        }
        return code;
    }

    private Optional<SeedRun> firstBroken(Plant wrongRule) throws CommandRefusedException {
        try (Ahead ahead = new Ahead(new Range(1, PLANT_SEEDS), Optional.of(wrongRule))) {
            for (Optional<Ran> ran = ahead.next(); ran.isPresent(); ran = ahead.next()) {
                if (ran.get().report().violation().isPresent()) {
                    return ran.map(Ran::run);
                }
            }
            return Optional.empty();
        }
    }

    private int all(Range range, Optional<Plant> wrongRule) throws CommandRefusedException {
        long beginNanos = System.nanoTime();
        long events = 0;
        long simulatedMillis = 0;
        long count = 0;
        int code = ExitCode.DONE;
        try (Ahead ahead = new Ahead(range, wrongRule)) {
            for (Optional<Ran> ran = ahead.next(); ran.isPresent(); ran = ahead.next()) {
                SeedRun.Report report = ran.get().report();
                count++;
                events += report.events();
                simulatedMillis += report.simulatedMillis();
                tell(ran.get().run(), report);
                if (report.violation().isPresent()) {
                    code = ExitCode.VIOLATION;
                    if (!keepGoing) {
                        break;
                    }
                }
            }
        }
        double seconds = (System.nanoTime() - beginNanos) / 1e9;
        out.note("%d seeds in %.1f s: %.0f events a second, %.0f times as fast as time"
                .formatted(count, seconds, events / seconds, simulatedMillis / 1e3 / seconds));
        return code;
    }

    private int traced(SeedRun run, Path file) throws CommandRefusedException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            SeedRun.Report report = run.run(lines::println);
            tell(run, report);
            return report.violation().isPresent() ? ExitCode.VIOLATION : ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandRefusedException(ExitCode.REFUSED, "The trace cannot be written: " + e.getMessage());
        }
    }

    private void tell(SeedRun run, SeedRun.Report report) {
        Map<String, Object> line = new TreeMap<>(Map.of(
                "seed", run.seed(),
                "traceHash", report.traceHash(),
                "events", report.events(),
                "faults", report.faults(),
                "operations", report.operations(),
                "violations", report.violation().map(List::of).orElse(List.of())));
        out.print(
                "seed %d  trace %s  %d events  %d faults  %d operations  %s"
                        .formatted(
                                run.seed(),
                                report.traceHash(),
                                report.events(),
                                report.faults(),
                                report.operations(),
                                report.violation().isPresent() ? "VIOLATION" : "all held"),
                line);
        report.violation().ifPresent(violation -> {
            out.note("Seed %d broke a promise after %.3f s of simulated time, on %s:"
                    .formatted(run.seed(), report.simulatedMillis() / 1e3, run.shape()));
            out.note("  " + violation);
            out.note("What happened last:");
            run.lastLines().forEach(last -> out.note("  " + last));
            out.note("Again: quorate simulate --seed " + run.seed() + " --minutes " + minutes
                    + run.plant().map(each -> " --plant " + each.written()).orElse(""));
        });
    }

    /** A run that ended. */
    private record Ran(SeedRun run, SeedRun.Report report) {}

    /** Runs the seeds of a range in order, some of them ahead of the others, one for each processor. */
    private final class Ahead implements AutoCloseable {
        private final ExecutorService pool;
        private final Deque<Future<Ran>> begun = new ArrayDeque<>();
        private final Range range;
        private final Optional<Plant> wrongRule;
        private final int atOnce = Runtime.getRuntime().availableProcessors();
        private long nextSeed;

        Ahead(Range range, Optional<Plant> wrongRule) {
            this.range = range;
            this.wrongRule = wrongRule;
            this.nextSeed = range.first();
            this.pool = Executors.newFixedThreadPool(atOnce);
        }

        Optional<Ran> next() throws CommandRefusedException {
            while (begun.size() < 2 * atOnce && nextSeed <= range.last()) {
                SeedRun run = run(nextSeed++, wrongRule);
                begun.addLast(pool.submit(() -> new Ran(run, run.run())));
            }
            Future<Ran> first = begun.pollFirst();
            if (first == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(first.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandRefusedException(ExitCode.REFUSED, "Interrupted.");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public void close() {
            begun.forEach(future -> future.cancel(false));
            pool.shutdownNow();
        }
    }
}
