package io.quorate.client;

import static io.quorate.client.RefreshRule.FIRST_PAUSE_NANOS;
import static io.quorate.client.RefreshRule.LONGEST_PAUSE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the map is fetched again. */
class RefreshRuleTest {
    private final RefreshRule rule = new RefreshRule();

    @Test
    void oneFetchAtATime() {
        assertThat(rule.begin(0)).isTrue();
        assertThat(rule.begin(LONGEST_PAUSE_NANOS * 5)).isFalse();
        rule.ended(0, true);
        assertThat(rule.begin(LONGEST_PAUSE_NANOS * 5)).isTrue();
    }

    @Test
    void thePauseDoublesWhileNothingIsNewAndIsShortAgainAfterNews() {
        long now = Long.MAX_VALUE - LONGEST_PAUSE_NANOS; // monotonic time may overflow
        for (long pause = FIRST_PAUSE_NANOS * 2; pause < LONGEST_PAUSE_NANOS; pause *= 2) {
            now = fetchAfterPause(now, pause, false);
        }
        now = fetchAfterPause(now, LONGEST_PAUSE_NANOS, false);
        now = fetchAfterPause(now, LONGEST_PAUSE_NANOS, false);
        fetchAfterPause(now, FIRST_PAUSE_NANOS, true);
    }

    private long fetchAfterPause(long now, long pause, boolean news) {
        assertThat(rule.begin(now)).isTrue();
        rule.ended(now, news);
        assertThat(rule.begin(now + pause - 1))
                .as("before a pause of %d", pause)
                .isFalse();
        return now + pause;
    }
}
