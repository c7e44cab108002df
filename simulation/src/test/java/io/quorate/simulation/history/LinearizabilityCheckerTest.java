package io.quorate.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
    private static final int HISTORIES = 20_000;
    private static final int MAX_CALLS = 6;
    private static final int MANY_CALLS = 2_000;

    private final LinearizabilityChecker checker = new LinearizabilityChecker(LinearizabilityChecker.DEFAULT_MAX_STEPS);

    @Test
    void theSearchAgreesWithTryingEveryOrder() {
        RandomHistories histories = new RandomHistories(42);
        int good = 0;
        for (int each = 0; each < HISTORIES; each++) {
            List<Operation> operations = histories.next(MAX_CALLS);
            boolean expected = BruteForce.explains(operations);
            assertThat(checker.check(new History(operations)) instanceof Verdict.Linearizable)
                    .as("%s", operations)
                    .isEqualTo(expected);
            good += expected ? 1 : 0;
        }
        assertThat(good).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
    }

    @Test
    void manyCallsOfManyClientsTakeFewSteps() {
        List<Operation> run = run(16, MANY_CALLS, 0);
        Verdict verdict = new LinearizabilityChecker(20L * MANY_CALLS).check(new History(run));
        assertThat(verdict).isInstanceOf(Verdict.Linearizable.class);
    }

    @Test
    void unknownWritesOfOneKeyDoNotMakeTheSearchExplode() {
        List<Operation> run = run(16, MANY_CALLS, 20);
        assertThat(new LinearizabilityChecker(60L * MANY_CALLS).check(new History(run)))
                .isInstanceOf(Verdict.Linearizable.class);
        run.add(read(run.size() + 1, 1_000_000, "never written"));
        assertThat(checker.check(new History(run))).isInstanceOf(Verdict.NotLinearizable.class);
    }

    @Test
    void aSearchThatTakesTooLongIsGivenUp() {
        Verdict verdict = new LinearizabilityChecker(10).check(new History(run(8, 100, 0)));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Undecided.class,
                        gaveUp -> assertThat(gaveUp.steps()).isBetween(10L, 100L));
    }

    @Test
    void theFirstAnswerWithoutExplanationIsNamed() {
        List<Operation> run = run(1, 50, 0);
        long end = run.getLast().endNanos();
        run.add(read(100, end + 10, "wrong"));
        run.add(read(101, end + 30, "later"));
        Verdict.NotLinearizable verdict = (Verdict.NotLinearizable) checker.check(new History(run));
        assertThat(verdict.upToNanos()).isEqualTo(end + 11);
        assertThat(verdict.prefix()).hasSize(50);
        assertThat(verdict.stuck()).containsExactly(run.get(50));
    }

    @Test
    void aBadKeyCountsMoreThanAnUndecidedOne() {
        List<Operation> operations = run(8, 100, 0);
        operations.add(new Operation(
                1_000, "c", "z", new Call.Read(), 0, 1, new Result.ReadValue(Optional.of("x"), Optional.empty())));
        assertThat(new LinearizabilityChecker(10).check(new History(operations)))
                .isInstanceOfSatisfying(
                        Verdict.NotLinearizable.class,
                        bad -> assertThat(bad.key()).isEqualTo("z"));
    }

    private static Operation read(long id, long start, String value) {
        Result result = new Result.ReadValue(Optional.of(value), Optional.empty());
        return new Operation(id, "r", "k", new Call.Read(), start, start + 1, result);
    }

    /** What clients of a register see that call at once, each operation taking effect in the middle of its call. */
    private static List<Operation> run(int clients, int calls, int unknowns) {
        SplittableRandom random = new SplittableRandom(7);
        List<Operation> operations = new ArrayList<>();
        Optional<String> value = Optional.empty();
        Optional<Revision> revision = Optional.empty();
        int left = unknowns;
        for (int id = 1; id <= calls; id++) {
            long middle = 100L * id;
            long start = middle - random.nextLong(50L * clients);
            long end = middle + random.nextLong(50L * clients);
            boolean reads = random.nextBoolean();
            boolean unknown = !reads && left > 0;
            Call call = reads ? new Call.Read() : new Call.Put("v" + id);
            Result result = new Result.ReadValue(value, revision);
            if (unknown) {
                left--;
                result = new Result.Unknown();
            } else if (!reads) {
                Optional<Revision> next = Optional.of(new Revision(1, id));
                result = new Result.Applied(next, Optional.of(value.isPresent()), Optional.empty());
                revision = next;
                value = Optional.of("v" + id);
            }
            operations.add(
                    new Operation(id, "c" + id % clients, "k", call, start, unknown ? Operation.NEVER : end, result));
        }
        return operations;
    }
}
