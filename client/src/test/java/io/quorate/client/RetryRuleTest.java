package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long clients wait between attempts. */
class RetryRuleTest {
    private static final RetryRule RULE = new RetryRule(20, 500);
    private static final double MOST = Math.nextDown(1.0);

    @Test
    void thePauseDoublesUpToItsCap() {
        assertThat(RULE.pauseMillis(1, 0, 0)).isEqualTo(10);
        assertThat(RULE.pauseMillis(2, 0, 0)).isEqualTo(20);
        assertThat(RULE.pauseMillis(3, 0, 0)).isEqualTo(40);
        assertThat(RULE.pauseMillis(6, 0, 0)).isEqualTo(250);
        assertThat(RULE.pauseMillis(1_000_000, 0, 0)).isEqualTo(250);
    }

    @Test
    void chanceSpreadsItOverTheUpperHalf() {
        assertThat(RULE.pauseMillis(3, 0, 0)).isEqualTo(40);
        assertThat(RULE.pauseMillis(3, 0, 0.5)).isEqualTo(60);
        assertThat(RULE.pauseMillis(3, 0, MOST)).isBetween(79L, 80L);
    }

    @Test
    void itIsNeverShorterThanTheAnswerDemands() {
        assertThat(RULE.pauseMillis(1, 1_000, 0)).isEqualTo(1_010);
    }

    @Test
    void aDemandIsReadFromTheAnswerInSeconds() {
        assertThat(RetryRule.retryAfterMillis(answer("2"))).isEqualTo(2_000);
        assertThat(RetryRule.retryAfterMillis(answer("soon"))).isZero();
        assertThat(RetryRule.retryAfterMillis(answer("9999999999"))).isZero();
        assertThat(RetryRule.retryAfterMillis(new Reply.Lost("gone"))).isZero();
    }

    private static Reply answer(String retryAfter) {
        return new Reply.Answered(503, name -> Optional.of(retryAfter), Bytes.EMPTY);
    }
}
