package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.simulation.Coverage;
import io.quorate.simulation.CoverageTable;
import io.quorate.simulation.Plant;
import io.quorate.simulation.SeedRun;
import io.quorate.simulation.Shrinker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
    private static final int SHRINKING_RUNS = 120;

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

    @Option(
            names = "--faults",
            paramLabel = "N,N",
            split = ",",
            description = "Makes only these of the faults that the seed plans, by their numbers; for one seed.")
    private @Nullable Set<Integer> faults;

    @Option(names = "--no-shrink", description = "Looks for no lesser set of faults when a promise was broken.")
    private boolean noShrink;

    @Option(names = "--coverage", description = "Says at the end which faults met which steps of the protocol.")
    private boolean wantsCoverage;

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
        if (faults != null && range.first() != range.last()) {
            throw wrong("--faults is for one seed.");
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
        return new SeedRun(number, (long) (minutes * MILLIS_PER_MINUTE), wrongRule, Optional.ofNullable(faults));
    }

    private int listed() {
        for (Plant each : Plant.values()) {
            out.print(
                    "%-30s %s".formatted(each.written(), each.words()),
                    Map.of("plant", each.written(), "words", each.words()));
        }
        return ExitCode.DONE;
    }

    /** Looks for the first seed that finds each plant; one that none of them finds is a violation of its own. */
    private int searched() throws CommandRefusedException {
        int code = ExitCode.DONE;
        for (Plant each : Plant.values()) {
            Optional<SeedsAhead.Ran> found = firstBroken(each);
            String words = found.map(ran -> "found by seed %d: %s"
                            .formatted(
                                    ran.run().seed(),
                                    ran.report().broken().orElseThrow().promise()))
                    .orElse("not found by " + PLANT_SEEDS + " seeds");
            out.print(
                    "%-30s %s".formatted(each.written(), words),
                    Map.of(
                            "plant",
                            each.written(),
                            "seed",
                            found.map(ran -> ran.run().seed()).orElse(-1L)));
            if (found.isEmpty()) {
                code = ExitCode.VIOLATION;
            }
        }
        return code;
    }

    private Optional<SeedsAhead.Ran> firstBroken(Plant wrongRule) throws CommandRefusedException {
        try (SeedsAhead ahead = new SeedsAhead(1, PLANT_SEEDS, number -> run(number, Optional.of(wrongRule)))) {
            for (Optional<SeedsAhead.Ran> ran = ahead.next(); ran.isPresent(); ran = ahead.next()) {
                if (ran.get().report().broken().isPresent()) {
                    return ran;
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
        Coverage covered = new Coverage();
        int code = ExitCode.DONE;
        try (SeedsAhead ahead = new SeedsAhead(range.first(), range.last(), number -> run(number, wrongRule))) {
            for (Optional<SeedsAhead.Ran> ran = ahead.next(); ran.isPresent(); ran = ahead.next()) {
                SeedRun.Report report = ran.get().report();
                count++;
                events += report.events();
                covered.add(report.coverage());
                simulatedMillis += report.simulatedMillis();
                tell(ran.get().run(), report);
                if (report.broken().isPresent()) {
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
        if (wantsCoverage) {
            CoverageTable.of(covered).forEach(out::note);
        }
        return code;
    }

    private int traced(SeedRun run, Path file) throws CommandRefusedException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            SeedRun.Report report = run.run(lines::println);
            tell(run, report);
            return report.broken().isPresent() ? ExitCode.VIOLATION : ExitCode.DONE;
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
                "violations",
                        report.broken()
                                .map(each -> List.of(each.promise() + ": " + each.words()))
                                .orElse(List.of())));
        out.print(
                "seed %d  trace %s  %d events  %d faults  %d operations  %s"
                        .formatted(
                                run.seed(),
                                report.traceHash(),
                                report.events(),
                                report.faults(),
                                report.operations(),
                                report.broken().isPresent() ? "VIOLATION" : "all held"),
                line);
        report.broken().ifPresent(broken -> explain(run, report, broken));
    }

    private void explain(SeedRun run, SeedRun.Report report, SeedRun.Broken broken) {
        out.note("Seed %d broke a promise after %.3f s of simulated time, on %s%s:"
                .formatted(run.seed(), report.simulatedMillis() / 1e3, run.shape(), commit()));
        out.note("  " + broken.promise().words());
        out.note("  " + broken.words());
        SeedRun least = noShrink || run.only().isPresent() ? run : new Shrinker(SHRINKING_RUNS).shrink(run);
        if (least.only().isPresent()) {
            out.note("These faults are enough:");
            least.faultLines().forEach(line -> out.note("  " + line));
        }
        out.note("What happened last:");
        least.lastLines().forEach(last -> out.note("  " + last));
        out.note("Again: quorate simulate --seed " + run.seed() + " --minutes " + minutes
                + run.plant().map(each -> " --plant " + each.written()).orElse("")
                + least.only().map(Simulate::asOption).orElse(""));
    }

    private static String commit() {
        String commit = System.getenv("QUORATE_COMMIT");
        return commit == null || commit.isBlank() ? "" : ", commit " + commit;
    }

    private static String asOption(Set<Integer> numbers) {
        return numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", " --faults ", ""));
    }
}
