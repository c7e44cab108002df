package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not. */
class JsonReaderTest {
    private static Json read(String text) {
        return JsonReader.read(Bytes.utf8(text)).orElseThrow();
    }

    @Test
    void everyKindOfValueIsRead() {
        Json json = read(" {\"a\": [1, -0.5e+3, true, false, null, \"x\"], \"b\": {}, \"\": []}\n");

        assertThat(json.elements("a"))
                .containsExactly(
                        new Json.Numeral("1"),
                        new Json.Numeral("-0.5e+3"),
                        new Json.Truth(true),
                        new Json.Truth(false),
                        new Json.Null(),
                        new Json.Text("x"));
        assertThat(json.member("b")).contains(new Json.Members(Map.of()));
        assertThat(json.member("")).contains(new Json.Elements(List.of()));
    }

    @Test
    void escapesAreUndone() {
        assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\ude00 ä😀\""))
                .isEqualTo(new Json.Text("\"\\/\b\f\n\r\tä😀 ä😀"));
    }

    @Test
    void whatIsQuotedIsReadAsItWas() {
        String text = "\"quotes\" \\ \u0000\u001f\n ä😀";

        assertThat(read(JsonText.quoted(text))).isEqualTo(new Json.Text(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "True",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "--1",
                "NaN",
                "\"",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"tab\there\"",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "1 2",
                "{} x",
                "'x'",
                "/**/1"
            })
    void whatIsNoJsonIsNotRead(String text) {
        assertThat(JsonReader.read(Bytes.utf8(text))).isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreNotRead() {
        assertThat(JsonReader.read(Bytes.wrap(new byte[] {'"', (byte) 0xC3, '"'})))
                .isEmpty();
    }

    @Test
    void theDepthIsBounded() {
        int most = JsonReader.MAX_DEPTH;

        assertThat(JsonReader.read(Bytes.utf8("[".repeat(most) + "]".repeat(most))))
                .isPresent();
        assertThat(JsonReader.read(Bytes.utf8("[".repeat(most + 1) + "]".repeat(most + 1))))
                .isEmpty();
        assertThat(JsonReader.read(Bytes.utf8("{\"a\":".repeat(100_000)))).isEmpty();
    }

    @Test
    void numbersThatAreNotWholeOrTooLongAreNoWholeNumbers() {
        Json json = read("{\"whole\": -7, \"half\": 0.5, \"long\": 12345678901234567890, \"text\": \"7\"}");

        assertThat(json.number("whole")).hasValue(-7);
        assertThat(json.number("half")).isEmpty();
        assertThat(json.number("long")).isEmpty();
        assertThat(json.number("text")).isEmpty();
    }
}
