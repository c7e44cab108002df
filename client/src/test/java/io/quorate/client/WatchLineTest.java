package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of a watch as workers write them. */
class WatchLineTest {
    private static final String REST =
            "\"revision\":\"7-41\",\"timeMillis\":1700000000123,\"partition\":3,\"position\":\"p\"}";

    private static WatchLine read(String line) {
        return WatchLine.read(Bytes.utf8(line));
    }

    private static WatchEvent event(String line) {
        return ((WatchLine.Told) read(line)).event();
    }

    private static WatchEvent.Put put(Optional<Value> value, OptionalLong expiresMillis) {
        return new WatchEvent.Put(
                Bytes.utf8("k"), value, new Revision(7, 41), expiresMillis, 1_700_000_000_123L, 3, "p");
    }

    @Test
    void aPutHasItsValueInTheFormInWhichItWasGiven() {
        assertThat(event("{\"event\":\"put\",\"key\":\"k\",\"value\":\"v\"," + REST))
                .isEqualTo(put(Optional.of(Value.json("v")), OptionalLong.empty()));
        assertThat(event("{\"event\":\"put\",\"key\":\"k\",\"valueBase64\":\"/wA=\",\"contentType\":\"a/b\","
                        + "\"expiresMillis\":1700000000999," + REST))
                .isEqualTo(put(
                        Optional.of(Value.raw(Bytes.wrap(new byte[] {(byte) 0xFF, 0}), "a/b")),
                        OptionalLong.of(1_700_000_000_999L)));
        assertThat(event("{\"event\":\"put\",\"key\":\"k\"," + REST))
                .isEqualTo(put(Optional.empty(), OptionalLong.empty()));
    }

    @Test
    void aKeyMayBeGone() {
        assertThat(event("{\"event\":\"delete\",\"keyBase64\":\"/w==\"," + REST))
                .isEqualTo(new WatchEvent.Deleted(
                        Bytes.wrap(new byte[] {(byte) 0xFF}), new Revision(7, 41), 1_700_000_000_123L, 3, "p"));
        assertThat(event("{\"event\":\"expire\",\"key\":\"k\"," + REST))
                .isEqualTo(new WatchEvent.Expired(Bytes.utf8("k"), new Revision(7, 41), 1_700_000_000_123L, 3, "p"));
    }

    @Test
    void aHeartbeatHasAPositionAndAProblemAReason() {
        assertThat(event("{\"event\":\"heartbeat\",\"position\":\"p\"}")).isEqualTo(new WatchEvent.Progress("p"));
        assertThat(read("{\"event\":\"problem\","
                        + Answers.problemBody(Problem.NO_LEADER, "not_applied").substring(1)))
                .isEqualTo(new WatchLine.Problem(Answers.refusal(Problem.NO_LEADER)));
        assertThat(read("{\"event\":\"problem\"}")).isInstanceOf(WatchLine.Problem.class);
    }

    @Test
    void whatALaterVersionTellsIsPassedOver() {
        assertThat(read("{\"event\":\"moved\"}")).isEqualTo(new WatchLine.Other());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"event\":1}",
                "{\"event\":\"heartbeat\"}",
                "{\"event\":\"put\",\"value\":\"v\"," + REST,
                "{\"event\":\"put\",\"key\":\"k\",\"valueBase64\":\"?\"," + REST,
                "{\"event\":\"delete\",\"key\":\"k\",\"revision\":\"x\",\"timeMillis\":1,\"partition\":3,\"position\":\"p\"}",
                "{\"event\":\"delete\",\"key\":\"k\",\"revision\":\"7-41\",\"partition\":3,\"position\":\"p\"}"
            })
    void whatLacksSomethingIsMalformed(String line) {
        assertThat(read(line)).isEqualTo(new WatchLine.Malformed());
    }
}
