package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Now;
import io.quorate.core.replica.Rules;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many seeds of the whole cluster, and the proof that broken rules would be found by them. */
class SimulationTest {
    private static final int SEEDS = 1_000;
    private static final int SEEDS_FOR_BROKEN_RULES = 1_000;
    private static final long FAULTY_NANOS = 12_000 * Now.NANOS_PER_MILLI;
    private static final long CALM_NANOS = 26_000 * Now.NANOS_PER_MILLI;

    private static Simulation.Result run(long seed, Rules rules) {
        return new Simulation(seed, Simulation.shapeOf(seed), rules).run(FAULTY_NANOS, CALM_NANOS);
    }

    @Test
    void nothingCommittedIsLostOrChangedAndEverythingRecovers() {
        assertThat(firstViolation(SEEDS, Rules.STANDARD)).isEmpty();
    }

    private static Optional<String> violationOf(long seed, Rules rules) {
        try {
            run(seed, rules);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("seed " + seed + " of " + Simulation.shapeOf(seed) + ": " + e);
        }
    }

    @Test
    void aSeedAlwaysGivesTheSameRun() {
        for (long seed = 0; seed < 6; seed++) {
            assertThat(run(seed, Rules.STANDARD)).isEqualTo(run(seed, Rules.STANDARD));
        }
    }

    @Test
    void aRunDoesEnoughToMeanSomething() {
        Simulation.Result result = run(8, Rules.STANDARD);
        assertThat(result.applied()).isGreaterThan(200);
        assertThat(result.served()).isGreaterThan(150);
        assertThat(result.faults()).isGreaterThan(8);
    }

    @Test
    void committingWithoutTheQuorumIsFound() {
        isFound(Plant.COMMIT_WITHOUT_QUORUM);
    }

    @Test
    void acknowledgingTheLogsEndInsteadOfWhatTheTermConfirmedIsFound() {
        isFound(Plant.ACKNOWLEDGE_OLD_SUFFIX);
    }

    @Test
    void acknowledgingBeforeTheSyncIsFound() {
        isFound(Plant.ACKNOWLEDGE_BEFORE_SYNC);
    }

    @Test
    void readingWithoutALeaseIsFound() {
        isFound(Plant.READ_WITHOUT_LEASE);
    }

    private static void isFound(Plant plant) {
        assertThat(firstViolation(SEEDS_FOR_BROKEN_RULES, plant.rules())).isPresent();
    }

    /** What the first seed, of those that the threads come to, finds; the others end when one has found something. */
    private static Optional<String> firstViolation(int seeds, Rules rules) {
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicLong nextSeed = new AtomicLong();
        AtomicReference<@Nullable String> found = new AtomicReference<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                pool.execute(() -> {
                    long seed = nextSeed.getAndIncrement();
                    while (seed < seeds && found.get() == null) {
                        violationOf(seed, rules).ifPresent(found::set);
                        seed = nextSeed.getAndIncrement();
                    }
                });
            }
        }
        return Optional.ofNullable(found.get());
    }
}
