package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(10, 1_000, new Random(1));

    @Test
    void theFirstAttemptIsMadeAtOnce() {
        assertThat(backoff.nextMillis()).isZero();
    }

    @Test
    void thePausesDoubleFromTenMillisecondsToOneSecondAndStayThere() {
        backoff.nextMillis();
        long longest = 20;
        for (int attempt = 0; attempt < 1_000; attempt++) {
            assertThat(backoff.nextMillis()).isBetween(longest / 2, longest);
            longest = Math.min(1_000, longest * 2);
        }
    }

    @Test
    void thePausesDifferFromAttemptToAttempt() {
        LongStream.range(0, 10).forEach(_ -> backoff.nextMillis());
        assertThat(LongStream.range(0, 20)
                        .map(_ -> backoff.nextMillis())
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void afterASuccessItBeginsAnew() {
        LongStream.range(0, 10).forEach(_ -> backoff.nextMillis());
        backoff.reset();
        assertThat(backoff.nextMillis()).isZero();
        assertThat(backoff.nextMillis()).isBetween(10L, 20L);
    }
}
