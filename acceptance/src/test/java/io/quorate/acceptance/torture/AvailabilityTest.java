package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private final Availability availability = new Availability(2);

    @Test
    void theLongestTimeBetweenTwoSuccessesCounts() {
        applied(100, 110);
        applied(130, 140);
        applied(400, 410);
        applied(420, 430);

        assertThat(availability.longestGapNanos(0, 100 - 1, 450)).isEqualTo(270);
    }

    @Test
    void whatWasBegunBeforeTheFaultDoesNotCount() {
        applied(90, 120);
        applied(190, 200);

        assertThat(availability.longestGapNanos(0, 100, 210)).isEqualTo(100);
    }

    @Test
    void aPartitionThatIsNeverWrittenAgainIsAwayUntilTheEnd() {
        applied(110, 120);

        assertThat(availability.longestGapNanos(0, 100, 1_000)).isEqualTo(880);
        assertThat(availability.longestGapNanos(1, 100, 1_000)).isEqualTo(900);
    }

    @Test
    void onlyWritesThatSucceededCount() {
        availability.add(0, done(110, 120, new Result.Unknown()));
        assertThat(availability.writtenSince(0, 100)).isFalse();

        applied(90, 130);
        assertThat(availability.writtenSince(0, 100)).isFalse();

        applied(110, 140);
        assertThat(availability.writtenSince(0, 100)).isTrue();
    }

    private void applied(long startNanos, long endNanos) {
        availability.add(
                0,
                done(startNanos, endNanos, new Result.Applied(Optional.empty(), Optional.empty(), Optional.empty())));
    }

    private static Operation done(long startNanos, long endNanos, Result result) {
        return new Operation(startNanos, "client", "key", new Call.Put("v"), startNanos, endNanos, result);
    }
}
