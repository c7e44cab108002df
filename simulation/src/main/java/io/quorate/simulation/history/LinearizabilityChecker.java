package io.quorate.simulation.history;

import io.quorate.simulation.history.Verdict.Linearizable;
import io.quorate.simulation.history.Verdict.NotLinearizable;
import io.quorate.simulation.history.Verdict.Undecided;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether some order of all calls, in which none comes before one that was answered before it started, explains
 * every answer.
 *
 * <p>The search is that of J. Wing and C. Gong, "Testing and Verifying Concurrent Objects" (1993), with the memory of
 * configurations of G. Lowe, "Testing for Linearizability" (2017), the linked list of both, and the division by key
 * of A. Athalye's Porcupine: a history is linearizable if that of each key is (Herlihy and Wing 1990).
 *
 * <p>Writes that surely had no effect take no part, so that a read of such a value has no explanation. A write of
 * unknown fate may have its place anywhere after its start, or none. Revisions grow with every version of a key.
 *
 * <p>Nothing is kept between checks: an instance may be shared among threads.
 */
public final class LinearizabilityChecker {
    /** So many operations are tried for one key before the search is given up, if nothing else is said. */
    public static final long DEFAULT_MAX_STEPS = 2_000_000;

    private final long maxStepsPerKey;

    /**
     * @param maxStepsPerKey operations that are tried for one key, above 0; each may keep some 300 bytes until the key
     *     is done
     */
    public LinearizabilityChecker(long maxStepsPerKey) {
        if (maxStepsPerKey <= 0) {
            throw new IllegalArgumentException("maxStepsPerKey must be above 0: " + maxStepsPerKey);
        }
        this.maxStepsPerKey = maxStepsPerKey;
    }

    /** The verdict on the whole: a key without explanation counts more than one that is undecided. */
    public Verdict check(History history) {
        Optional<Verdict> undecided = Optional.empty();
        for (Map.Entry<String, List<Operation>> key : history.byKey().entrySet()) {
            KeySearch search = search(key.getValue());
            switch (search.run()) {
                case FOUND -> {}
                case NONE -> {
                    return explain(key.getKey(), key.getValue());
                }
                case GIVEN_UP ->
                    undecided = undecided.or(() -> Optional.of(new Undecided(key.getKey(), search.steps())));
            }
        }
        return undecided.orElseGet(Linearizable::new);
    }

    private KeySearch search(List<Operation> operations) {
        return new KeySearch(new KeyHistory(operations), maxStepsPerKey);
    }

    /** What was linearizable up to a moment was so at every moment before: halving finds the answer that broke it. */
    private NotLinearizable explain(String key, List<Operation> operations) {
        long[] ends = operations.stream()
                .filter(Operation::isDecided)
                .mapToLong(Operation::endNanos)
                .sorted()
                .distinct()
                .toArray();
        int from = 0;
        int to = ends.length - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (search(upTo(ends[middle], operations)).run() == KeySearch.End.NONE) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        KeySearch search = search(upTo(ends[to], operations));
        search.run();
        return new NotLinearizable(
                key, ends[to], search.longest(), search.reached().toString(), search.stuck());
    }

    /** What was known at a moment, except that writes without effect are known from the start. */
    private static List<Operation> upTo(long nanos, List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.startNanos() <= nanos)
                .map(operation -> operation.endNanos() <= nanos || !operation.isDecided()
                        ? operation
                        : new Operation(
                                operation.id(),
                                operation.client(),
                                operation.key(),
                                operation.call(),
                                operation.startNanos(),
                                Operation.NEVER,
                                new Result.Unknown()))
                .toList();
    }
}
