package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a seed is run with; the same values give the same run, on any machine.
 *
 * @param seed decides everything
 * @param faultyMillis how long there are faults, in simulated time, from 1; a time without faults follows
 * @param plant a rule made wrong on purpose
 * @param only the numbers of the planned faults that are made; empty for all of them
 */
public record SeedRun(long seed, long faultyMillis, Optional<Plant> plant, Optional<Set<Integer>> only) {
    /** The time without faults, in which everything has to recover. */
    public static final long CALM_MILLIS = 26_000;

    private static final int LAST_LINES = 40;

    public SeedRun {
        if (faultyMillis < 1) {
            throw new IllegalArgumentException("a run takes time");
        }
        only = only.map(Set::copyOf);
    }

    /** With everything that its seed plans. */
    public SeedRun(long seed, long faultyMillis, Optional<Plant> plant) {
        this(seed, faultyMillis, plant, Optional.empty());
    }

    /**
     * How it went.
     *
     * @param traceHash two runs that have the same did the same
     * @param events that happened
     * @param operations of clients
     * @param applied writes that were acknowledged
     * @param served reads that were answered
     * @param simulatedMillis until its end, or until the first promise was broken
     * @param coverage which faults were made, and what they met
     * @param broken the first promise that was broken
     */
    public record Report(
            String traceHash,
            long events,
            int operations,
            int applied,
            int served,
            long simulatedMillis,
            Coverage coverage,
            Optional<Broken> broken) {
        /** Faults that were made. */
        public int faults() {
            return coverage.made();
        }
    }

    /** A promise that was broken, and how that was seen. */
    public record Broken(Promise promise, String words) {}

    /** Runs it to its end, or until a promise is broken. */
    public Report run() {
        return run(simulation());
    }

    /** Runs it, and tells what happens, one line each. */
    public Report run(Consumer<String> trace) {
        Simulation simulation = simulation();
        simulation.time.tracedTo(trace);
        return run(simulation);
    }

    /** Runs it again for the last things that happened. */
    public List<String> lastLines() {
        Deque<String> lines = new ArrayDeque<>();
        Report _ = run(line -> {
            if (lines.size() == LAST_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        });
        return List.copyOf(lines);
    }

    /** Its cluster in words. */
    public String shape() {
        return Simulation.Shape.of(seed).toString();
    }

    /** The faults that it makes, a line each. */
    public List<String> faultLines() {
        return plan().faults().stream()
                .map(planned -> "%.3f s  fault %d: %s%s"
                        .formatted(
                                planned.atNanos() / 1e9,
                                planned.number(),
                                planned.kind().written(),
                                planned.aim().map(step -> ", aimed at " + step).orElse("")))
                .toList();
    }

    /** The faults that it makes. */
    FaultPlan plan() {
        FaultPlan whole = FaultPlan.of(seed, faultyMillis * Now.NANOS_PER_MILLI);
        return only.map(numbers -> whole.only(planned -> numbers.contains(planned.number())))
                .orElse(whole);
    }

    private Simulation simulation() {
        return new Simulation(seed, Simulation.Shape.of(seed), plan(), plant);
    }

    private Report run(Simulation simulation) {
        Optional<Broken> broken = Optional.empty();
        try {
            simulation.run(faultyMillis * Now.NANOS_PER_MILLI, CALM_MILLIS * Now.NANOS_PER_MILLI);
        } catch (Violation violation) {
            broken = Optional.of(new Broken(violation.promise(), String.valueOf(violation.getMessage())));
        } catch (RuntimeException failure) {
            // The core's own checks are promises too.
            broken = Optional.of(new Broken(Promise.CORE_CHECK, failure.toString()));
        }
        return new Report(
                "%016x".formatted(simulation.time.traceHash()),
                simulation.time.happened(),
                simulation.clients().operations(),
                simulation.clients().applied(),
                simulation.clients().served(),
                simulation.time.nanos() / Now.NANOS_PER_MILLI,
                simulation.coverage(),
                broken);
    }
}
