package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.Coverage.Happening;
import io.quorate.simulation.Coverage.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Many seeds of the whole cluster, and what they have to cover to mean something. */
class SimulationTest {
    private static final int SEEDS = 200;
    private static final long THREE_MINUTES_MILLIS = 180_000;

    @Test
    void everyPromiseHoldsAndEveryStepIsHit() throws InterruptedException, ExecutionException {
        List<Future<SeedRun.Report>> runs = new ArrayList<>();
        Coverage covered = new Coverage();
        SoftAssertions softly = new SoftAssertions();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                SeedRun run = new SeedRun(seed, THREE_MINUTES_MILLIS, Optional.empty());
                runs.add(pool.submit(() -> run.run()));
            }
            for (int i = 0; i < SEEDS; i++) {
                SeedRun.Report report = runs.get(i).get();
                covered.add(report.coverage());
                softly.assertThat(report.broken())
                        .as("seed %d: repeat it with 'quorate simulate --seed %d'", i + 1, i + 1)
                        .isEmpty();
                softly.assertThat(report.operations())
                        .as("operations of seed %d", i + 1)
                        .isGreaterThanOrEqualTo(500);
                softly.assertThat(report.faults())
                        .as("faults of seed %d", i + 1)
                        .isGreaterThanOrEqualTo(20);
            }
        }
        softly.assertAll();
        assertThat(FaultKind.values()).allMatch(kind -> covered.made(kind) > 0);
        assertThat(Arrays.stream(Step.values()).filter(step -> covered.hits(step) == 0))
                .as("steps of the protocol that no fault met")
                .isEmpty();
        assertThat(Arrays.stream(Happening.values()).filter(happening -> covered.count(happening) == 0))
                .as("what never happened")
                .isEmpty();
    }

    @Test
    void everyClusterIsLargeEnough() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(Simulation.Shape.of(seed).workers()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aSeedAlwaysGivesTheSameRun() {
        for (long seed = 0; seed < 6; seed++) {
            SeedRun run = new SeedRun(seed, 20_000, Optional.empty());
            assertThat(run.run().traceHash()).isEqualTo(run.run().traceHash());
        }
    }
}
