package io.quorate.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves faults out of a run that breaks a promise, as long as it still breaks one: first whole kinds, then ever smaller
 * parts of what is left, after A. Zeller and R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002).
 */
public final class Shrinker {
    private final int mostRuns;
    private int runs;

    /**
     * @param mostRuns after so many it ends with the least that it has found
     */
    public Shrinker(int mostRuns) {
        this.mostRuns = mostRuns;
    }

    /** The run with as few faults as were found to be enough. */
    public SeedRun shrink(SeedRun failing) {
        SeedRun least = upToTheBreach(failing);
        for (FaultKind kind : FaultKind.values()) {
            List<FaultPlan.Planned> faults = least.plan().faults();
            List<FaultPlan.Planned> others =
                    faults.stream().filter(planned -> planned.kind() != kind).toList();
            if (others.size() < faults.size()) {
                least = ifItStillFails(least, others).orElse(least);
            }
        }
        return inParts(least);
    }

    /** What was planned for later than the breach has no part in it. */
    private SeedRun upToTheBreach(SeedRun failing) {
        long endMillis = failing.run().simulatedMillis();
        List<FaultPlan.Planned> before = failing.plan().faults().stream()
                .filter(planned -> planned.atNanos() <= (endMillis + 1) * 1_000_000)
                .toList();
        return ifItStillFails(failing, before).orElse(failing);
    }

    private SeedRun inParts(SeedRun failing) {
        SeedRun least = failing;
        int parts = 2;
        while (runs < mostRuns && parts <= least.plan().faults().size()) {
            Optional<SeedRun> smaller = withoutAPart(least, parts);
            if (smaller.isPresent()) {
                least = smaller.get();
                parts = Math.max(2, parts - 1);
            } else if (parts == least.plan().faults().size()) {
                return least;
            } else {
                parts = Math.min(2 * parts, least.plan().faults().size());
            }
        }
        return least;
    }

    private Optional<SeedRun> withoutAPart(SeedRun failing, int parts) {
        List<FaultPlan.Planned> faults = failing.plan().faults();
        for (int part = 0; part < parts; part++) {
            List<FaultPlan.Planned> rest = new ArrayList<>(faults.subList(0, faults.size() * part / parts));
            rest.addAll(faults.subList(faults.size() * (part + 1) / parts, faults.size()));
            Optional<SeedRun> smaller = ifItStillFails(failing, rest);
            if (smaller.isPresent()) {
                return smaller;
            }
        }
        return Optional.empty();
    }

    private Optional<SeedRun> ifItStillFails(SeedRun failing, List<FaultPlan.Planned> faults) {
        if (runs >= mostRuns) {
            return Optional.empty();
        }
        runs++;
        Set<Integer> numbers =
                faults.stream().map(FaultPlan.Planned::number).collect(Collectors.toCollection(HashSet::new));
        SeedRun candidate = new SeedRun(failing.seed(), failing.faultyMillis(), failing.plant(), Optional.of(numbers));
        return candidate.run().broken().isPresent() ? Optional.of(candidate) : Optional.empty();
    }
}
