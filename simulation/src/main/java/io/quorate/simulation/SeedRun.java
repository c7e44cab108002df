package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import io.quorate.core.replica.Rules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a seed is run with; the same values give the same run, on any machine.
 *
 * @param seed decides everything
 * @param faultyMillis how long there are faults, in simulated time, from 1; a time without faults follows
 * @param plant a rule made wrong on purpose
 */
public record SeedRun(long seed, long faultyMillis, Optional<Plant> plant) {
    /** The time without faults, in which everything has to recover. */
    public static final long CALM_MILLIS = 26_000;

    private static final int LAST_LINES = 40;

    public SeedRun {
        if (faultyMillis < 1) {
            throw new IllegalArgumentException("a run takes time");
        }
    }

    /**
     * How it went.
     *
     * @param traceHash two runs that have the same did the same
     * @param events that happened
     * @param faults that were made
     * @param operations of clients
     * @param simulatedMillis until its end, or until the first promise was broken
     * @param violation the first promise that was broken
     */
    public record Report(
            String traceHash,
            long events,
            int faults,
            int operations,
            long simulatedMillis,
            Optional<String> violation) {}

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
        return Simulation.shapeOf(seed).toString();
    }

    private Simulation simulation() {
        return new Simulation(
                seed, Simulation.shapeOf(seed), plant.map(Plant::rules).orElse(Rules.STANDARD));
    }

    private Report run(Simulation simulation) {
        Optional<String> violation = Optional.empty();
        try {
            Simulation.Result _ = simulation.run(faultyMillis * Now.NANOS_PER_MILLI, CALM_MILLIS * Now.NANOS_PER_MILLI);
        } catch (RuntimeException broken) {
            // The core's own checks are promises too.
            violation =
                    Optional.of(broken instanceof Violation ? String.valueOf(broken.getMessage()) : broken.toString());
        }
        return new Report(
                "%016x".formatted(simulation.time.traceHash()),
                simulation.time.happened(),
                simulation.faultsMade(),
                simulation.clients().operations(),
                simulation.time.nanos() / Now.NANOS_PER_MILLI,
                violation);
    }
}
