package io.quorate.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTextTest {

    @ParameterizedTest
    @CsvSource({
        "1ms, 1",
        "30s, 30000",
        "30, 30000",
        "10m, 600000",
        "2H, 7200000",
        "7d, 604800000",
        "36525d, 3155760000000"
    })
    void aNumberAndAUnitAreATime(String text, long millis) {
        assertThat(LifetimeText.parse(text)).contains(new Lifetime.For(millis));
    }

    @Test
    void noneIsForEver() {
        assertThat(LifetimeText.parse(" None ")).contains(Lifetime.FOREVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "0", "0ms", "-1s", "1.5s", "1w", "1 s", "36526d", "9999999999999999"})
    void anythingElseIsNone(String text) {
        assertThat(LifetimeText.parse(text)).isEmpty();
    }
}
