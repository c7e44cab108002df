package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Now;
import org.junit.jupiter.api.Test;

final class LogClockTest {
    private static Now at(long monotonicMillis, long wallMillis) {
        return new Now(monotonicMillis * Now.NANOS_PER_MILLI, wallMillis);
    }

    @Test
    void itFollowsTheWallClock() {
        LogClock clock = new LogClock(0, at(0, 5_000));
        assertThat(clock.next(at(10, 5_010))).isEqualTo(5_010);
    }

    @Test
    void itNeverGoesBack() {
        LogClock clock = new LogClock(0, at(0, 5_000));
        assertThat(clock.next(at(10, 5_010))).isEqualTo(5_010);
        assertThat(clock.next(at(20, 1_000))).isEqualTo(5_010);
    }

    @Test
    void itBeginsWhereTheLogEnds() {
        LogClock clock = new LogClock(9_000, at(0, 5_000));
        assertThat(clock.next(at(10, 5_010))).isEqualTo(9_000);
    }

    @Test
    void aLeapOfTheWallClockIsBoundedByTheMonotonicOne() {
        LogClock clock = new LogClock(0, at(0, 5_000));
        assertThat(clock.next(at(10, 999_000))).isEqualTo(5_010 + LogClock.MAX_CLOCK_SKEW_MILLIS);
        assertThat(clock.next(at(110, 999_100))).isEqualTo(5_110 + LogClock.MAX_CLOCK_SKEW_MILLIS);
    }
}
