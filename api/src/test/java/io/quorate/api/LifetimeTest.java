package io.quorate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTest {
    private static final long LOG_TIME = 1_790_000_000_000L;
    private static final Optional<Record> EXPIRING =
            Optional.of(new Record(Value.json("x"), Revision.NONE, 0, LOG_TIME + 5, ""));
    private static final Optional<Record> LASTING =
            Optional.of(new Record(Value.json("x"), Revision.NONE, 0, Record.NEVER, ""));

    @Test
    void aLifetimeEndsNeverOrCountsFromTheLogOrAtItsMoment() {
        assertThat(Lifetime.FOREVER.expiresMillis(LOG_TIME, EXPIRING)).isEqualTo(Record.NEVER);
        assertThat(new Lifetime.For(1).expiresMillis(LOG_TIME, LASTING)).isEqualTo(LOG_TIME + 1);
        assertThat(new Lifetime.Until(7).expiresMillis(LOG_TIME, LASTING)).isEqualTo(7);
    }

    @Test
    void keepTakesOverTheExpiryOfWhatItReplaces() {
        Lifetime keep = new Lifetime.Keep();
        assertThat(keep.expiresMillis(LOG_TIME, EXPIRING)).isEqualTo(LOG_TIME + 5);
        assertThat(keep.expiresMillis(LOG_TIME, LASTING)).isEqualTo(Record.NEVER);
        assertThat(keep.expiresMillis(LOG_TIME, Optional.empty())).isEqualTo(Record.NEVER);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Lifetime.MAX_MILLIS + 1, Long.MAX_VALUE})
    void aTimeToLiveOutsideItsRangeIsRefused(long millis) {
        assertThatThrownBy(() -> new Lifetime.For(millis)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestTimeToLiveIsAHundredYearsAndDoesNotOverflow() {
        Lifetime longest = new Lifetime.For(Lifetime.MAX_MILLIS);
        assertThat(longest.expiresMillis(LOG_TIME, LASTING)).isBetween(LOG_TIME, Record.NEVER - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Record.NEVER})
    void aMomentOutsideItsRangeIsRefused(long unixMillis) {
        assertThatThrownBy(() -> new Lifetime.Until(unixMillis)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Record.NEVER - 1})
    void aMomentInItsRangeIsTakenAsItIs(long unixMillis) {
        assertThat(new Lifetime.Until(unixMillis).expiresMillis(LOG_TIME, LASTING))
                .isEqualTo(unixMillis);
    }
}
