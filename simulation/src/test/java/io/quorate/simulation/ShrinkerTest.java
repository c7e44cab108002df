package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void whatIsLeftStillFailsAndIsLess() {
        SeedRun failing = LongStream.range(1, 1_000)
                .mapToObj(seed -> new SeedRun(seed, 60_000, Optional.of(Plant.COMMIT_WITHOUT_QUORUM)))
                .filter(run -> run.run().broken().isPresent())
                .findFirst()
                .orElseThrow();

        SeedRun least = new Shrinker(60).shrink(failing);

        assertThat(least.run().broken()).isPresent();
        assertThat(least.only().map(Set::size).orElseThrow())
                .isLessThan(failing.plan().faults().size() / 2);
        assertThat(least.faultLines()).hasSize(least.only().orElseThrow().size());
    }

    @Test
    void aRunWithSomeOfItsFaultsLeavesTheOthersAsTheyWere() {
        SeedRun whole = new SeedRun(3, 60_000, Optional.empty());
        SeedRun two = new SeedRun(3, 60_000, Optional.empty(), Optional.of(Set.of(2, 5)));

        assertThat(two.plan().faults())
                .containsExactly(
                        whole.plan().faults().get(2), whole.plan().faults().get(5));
    }
}
