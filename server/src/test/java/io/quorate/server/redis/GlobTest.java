package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys fit a pattern. */
class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "user:*, user:7, true",
        "user:*, users, false",
        "*a*b, xaxaxb, true",
        "*a*b, xaxax, false",
        "h?llo, hello, true",
        "h?llo, hllo, false",
        "h[ae]llo, hallo, true",
        "h[ae]llo, hillo, false",
        "h[^e]llo, hello, false",
        "h[^e]llo, hallo, true",
        "[a-c]x, bx, true",
        "[c-a]x, bx, true",
        "[a-c]x, dx, false",
        "a\\*b, a*b, true",
        "a\\*b, axb, false",
        "[\\]]x, ]x, true",
        "a[, a, false",
        "a\\, a\\, true",
        "*\\**, a*b, true",
    })
    void theUsualSigns(String pattern, String key, boolean fits) {
        assertThat(new Glob(Bytes.utf8(pattern)).fits(Bytes.utf8(key))).isEqualTo(fits);
    }

    @Test
    void manyStarsTakeNoLongTime() {
        Glob glob = new Glob(Bytes.utf8("*a".repeat(2_000) + "b"));
        assertThat(glob.fits(Bytes.utf8("a".repeat(4_000)))).isFalse();
    }

    @Test
    void theBeginningOfAPatternIsKnown() {
        assertThat(new Glob(Bytes.utf8("user:[0-9]*")).prefix()).isEqualTo(Bytes.utf8("user:"));
        assertThat(new Glob(Bytes.utf8("user")).prefix()).isEqualTo(Bytes.utf8("user"));
    }
}
