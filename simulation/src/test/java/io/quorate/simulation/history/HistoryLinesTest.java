package io.quorate.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryLinesTest {
    private static final String GOOD =
            "{\"v\":1,\"id\":1,\"client\":\"a\",\"key\":\"k\",\"call\":\"read\",\"start\":0,\"end\":1,"
                    + "\"result\":\"read\"}";

    @Test
    void everyLetterComesBack() throws IOException {
        String odd = "\"\\/ \u0000\n\t\u00e9\ud83d\ude00\ud800{},:";
        Operation operation = new Operation(
                Long.MAX_VALUE,
                odd,
                odd,
                new Call.Read(),
                Long.MIN_VALUE,
                0,
                new Result.ReadValue(Optional.of(odd), Optional.empty()));
        assertThat(HistoryLines.line(operation)).doesNotContain("\n");
        assertThat(HistoryLines.read(Reader.of(HistoryLines.line(operation))).operations())
                .isEqualTo(List.of(operation));
    }

    @Test
    void randomHistoriesComeBack() throws IOException {
        RandomHistories histories = new RandomHistories(3);
        for (int each = 0; each < 1_000; each++) {
            History history = new History(histories.next(6));
            StringBuilder text = new StringBuilder();
            HistoryLines.write(history, text);
            assertThat(HistoryLines.read(Reader.of(text))).isEqualTo(history);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"v\":1       | \"v\":2              | version 2",
                "\"v\":1       | \"w\":1              | 'v' is missing",
                "\"id\":1      | \"id\":\"1\"         | 'id' is not a Long",
                "\"id\":1      | \"id\":01            | a whole number",
                "\"id\":1      | \"id\":1.5           | '}' is expected",
                "\"id\":1      | \"id\":null          | a whole number",
                "\"id\":1      | \"id\":9999999999999999999 | too large",
                "\"id\":1      | \"id\":1,\"id\":2    | stands twice",
                "\"id\":1      | \"id\":1,\"more\":2  | do not belong here: [more]",
                "\"id\":1      | \"id\":1,\"value\":\"x\" | do not belong here: [value]",
                "\"call\":\"read\" | \"call\":\"look\"    | unknown call 'look'",
                "\"call\":\"read\" | \"call\":\"delete\"  | is no answer to",
                "\"result\":\"read\" | \"result\":\"seen\" | unknown result 'seen'",
                "\"result\":\"read\" | \"result\":\"read\",\"found\":\"x\",\"revision\":\"1\" | is no revision",
                "\"start\":0   | \"start\":2          | ends before it starts",
                "\"end\":1,    | \"x\":{},            | a whole number",
                "\"client\":\"a\" | \"client\":\"\\x\" | an unknown escape",
                "\"client\":\"a\" | \"client\":\"\\u12\" | four hexadecimal digits",
                "\"read\"}     | \"read\"} {}         | something follows",
                "\"read\"}     | \"read               | a text has no end",
            })
    void anotherFormIsRefusedWithItsLine(String there, String instead, String message) {
        String bad = GOOD.replace(there, instead);
        assertThatThrownBy(() -> HistoryLines.read(Reader.of("\n" + bad)))
                .isInstanceOf(MalformedHistory.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageContaining(message);
    }

    @Test
    void twoOperationsOfOneIdAreRefused() {
        assertThatThrownBy(() -> HistoryLines.read(Reader.of(GOOD + "\n" + GOOD)))
                .isInstanceOf(MalformedHistory.class)
                .hasMessageContaining("two operations have the id 1");
    }
}
