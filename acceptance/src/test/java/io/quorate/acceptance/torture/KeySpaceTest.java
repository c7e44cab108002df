package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.history.Result;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeySpaceTest {
    private final KeySpace keys = new KeySpace();

    @Test
    void aKeyGivesWayToAnotherAfterABoundedNumberOfCalls() {
        int before = keys.all().size();
        KeySpace.Use use = keys.pick(new SplittableRandom(1));

        for (int i = 0; i < 1_000; i++) {
            keys.ended(use, new Result.NotApplied());
        }

        assertThat(keys.all()).hasSize(before + 1).contains(use.key());
        assertThat(keys.pick(new SplittableRandom(1)).key()).isNotEqualTo(use.key());
    }

    @Test
    void aKeyGivesWaySoonerWhenTheFateOfManyCallsIsUnknown() {
        int before = keys.all().size();
        KeySpace.Use use = keys.pick(new SplittableRandom(1));

        for (int i = 0; i < 10; i++) {
            keys.ended(use, new Result.Unknown());
        }

        assertThat(keys.all()).hasSize(before + 1);
    }
}
