package io.quorate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Bytes CONTENT = Bytes.utf8("content");

    @Test
    void theSameWriteHasTheSameName() {
        assertThat(IdempotencyKey.of(KEY, "text", CONTENT))
                .isEqualTo(IdempotencyKey.of(Bytes.utf8("k"), "text", Bytes.utf8("content")));
    }

    @Test
    void theSameTextOnAnotherKeyIsAnotherId() {
        IdempotencyKey one = IdempotencyKey.of(KEY, "text", CONTENT);
        assertThat(IdempotencyKey.of(Bytes.utf8("l"), "text", CONTENT).id()).isNotEqualTo(one.id());
        assertThat(IdempotencyKey.of(KEY, "other", CONTENT).id()).isNotEqualTo(one.id());
    }

    @Test
    void whereTheTextEndsAndTheKeyBeginsIsPartOfTheId() {
        IdempotencyKey one = IdempotencyKey.of(Bytes.utf8("bc"), "a", CONTENT);
        assertThat(IdempotencyKey.of(Bytes.utf8("c"), "ab", CONTENT).id()).isNotEqualTo(one.id());
    }

    @Test
    void anotherContentHasTheSameIdAndAnotherFingerprint() {
        IdempotencyKey one = IdempotencyKey.of(KEY, "text", CONTENT);
        IdempotencyKey other = IdempotencyKey.of(KEY, "text", Bytes.utf8("contents"));
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    }

    @Test
    void namesStayWhatTheyAreAsReplicasKeepThem() {
        IdempotencyKey name = IdempotencyKey.of(KEY, "text", CONTENT);
        assertThat(HexFormat.of().formatHex(name.id().toArray())).isEqualTo("36f220d23badc923aa998793937dd7bd");
        assertThat(Long.toHexString(name.fingerprint())).isEqualTo("ed7002b439e9ac84");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 10_000})
    void aTextOfAnotherLengthThanAllowedIsRefused(int chars) {
        assertThatThrownBy(() -> IdempotencyKey.of(KEY, "x".repeat(chars), CONTENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, IdempotencyKey.MAX_CHARS})
    void theShortestAndTheLongestTextHaveAnIdOfFixedLength(int chars) {
        assertThat(IdempotencyKey.of(KEY, "ü".repeat(chars), CONTENT).id().length())
                .isEqualTo(IdempotencyKey.ID_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17})
    void anIdOfAnotherLengthIsRefused(int length) {
        Bytes id = Bytes.wrap(new byte[length]);
        assertThatThrownBy(() -> new IdempotencyKey(id, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
