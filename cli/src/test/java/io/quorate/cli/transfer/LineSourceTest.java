package io.quorate.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.cli.transfer.RecordSource.Place;
import io.quorate.cli.transfer.RecordSource.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lines say, and where each ends. */
class LineSourceTest {
    private static List<Read> reads(byte[] content, Place begin) throws IOException {
        List<Read> reads = new ArrayList<>();
        try (LineSource source = new LineSource(new ByteArrayInputStream(content), begin)) {
            for (Optional<Read> next = source.next(); next.isPresent(); next = source.next()) {
                reads.add(next.get());
            }
        }
        return reads;
    }

    private static List<Read> reads(String content) throws IOException {
        return reads(content.getBytes(StandardCharsets.UTF_8), Place.START);
    }

    private static Reading only(String line) throws IOException {
        List<Read> reads = reads(line);
        assertThat(reads).hasSize(1);
        return reads.getFirst().reading();
    }

    private static Reading found(Bytes key, Value value, long expiresMillis) {
        return new Reading.Found(new KeyedRecord(key, new Record(value, Revision.NONE, 0, expiresMillis, "")));
    }

    private static Reading found(String key, String value) {
        return found(Bytes.utf8(key), Value.json(value), Record.NEVER);
    }

    @Test
    void linesEndWithOrWithoutAnEnd() throws IOException {
        assertThat(reads("\uFEFF{\"key\":\"a\",\"value\":\"1\"}\r\n\n  \n{\"key\":\"é\",\"value\":\"2\"}"))
                .containsExactly(
                        new Read("line 1", found("a", "1"), new Place(1, 28, "")),
                        new Read("line 2", new Reading.Nothing(), new Place(2, 29, "")),
                        new Read("line 3", new Reading.Nothing(), new Place(3, 32, "")),
                        new Read("line 4", found("é", "2"), new Place(4, 56, "")));
        assertThat(reads("")).isEmpty();
    }

    @Test
    void everyPlaceIsOneToGoOnFrom() throws IOException {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            content.append("{\"key\":\"k%d\",\"value\":\"%s\"}\n".formatted(i, "é".repeat(i * 10)));
        }
        content.append("{\"key\":\"long\",\"value\":\"%s\"}\n".formatted("é".repeat(100_000)));
        byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);

        List<Read> all = reads(bytes, Place.START);
        assertThat(all).hasSize(201).allMatch(read -> read.reading() instanceof Reading.Found);
        for (int i = 0; i < all.size(); i += 20) {
            assertThat(reads(bytes, all.get(i).after())).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void everyFormOfAKeyAndAValueIsRead() throws IOException {
        Bytes binary = Bytes.wrap(new byte[] {-1, 0});
        assertThat(only("{\"keyBase64\":\"/wA=\",\"valueBase64\":\"/wA=\"}"))
                .isEqualTo(found(binary, Value.raw(binary, Value.OCTET_STREAM), Record.NEVER));
        assertThat(only("{\"key\":\"k\",\"value\":\"\",\"contentType\":\"text/x\",\"expiresMillis\":5}"))
                .isEqualTo(found(Bytes.utf8("k"), Value.raw(Bytes.EMPTY, "text/x"), 5));
        assertThat(only("{\"key\":\"k\",\"value\":42}")).isEqualTo(found("k", "42"));
        assertThat(only("{\"key\":\"k\",\"value\":{\"a\":1.50}}")).isEqualTo(found("k", "{\"a\":1.50}"));
        assertThat(only("{\"key\":\"k\",\"value\":\"v\",\"revision\":\"7-41\"}"))
                .isEqualTo(new Reading.Found(new KeyedRecord(
                        Bytes.utf8("k"), new Record(Value.json("v"), new Revision(7, 41), 0, Record.NEVER, ""))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"key\":\"k\",\"value\":\"v\"           | no JSON object",
                "{\"key\":\"k\",\"value\":\"v\"} {}       | no JSON object",
                "{\"key\":\"k\",\"value\":1,\"value\":2}  | no JSON object",
                "[]                                       | no JSON object",
                "{\"key\":\"k\"}                          | exactly one of value and valueBase64",
                "{\"value\":\"v\"}                        | exactly one of key and keyBase64",
                "{\"key\":\"k\",\"keyBase64\":\"aw==\",\"value\":1} | exactly one of key and keyBase64",
                "{\"key\":1,\"value\":1}                  | key is a text",
                "{\"key\":\"\",\"value\":1}               | a key has 1 to 4096 bytes",
                "{\"keyBase64\":1234,\"value\":1}         | keyBase64 is not Base64",
                "{\"key\":\"k\",\"valueBase64\":\"!\"}    | valueBase64 is not Base64",
                "{\"key\":\"k\",\"value\":\"\\ud83d\"}    | surrogate",
                "{\"key\":\"k\",\"value\":1,\"ttl\":\"5s\"} | no member 'ttl'",
                "{\"key\":\"k\",\"value\":1,\"contentType\":\"a\\n\"} | contentType is",
                "{\"key\":\"k\",\"value\":1,\"contentType\":5} | contentType is",
                "{\"key\":\"k\",\"value\":1,\"revision\":\"x\"} | revision is",
                "{\"key\":\"k\",\"value\":1,\"expiresMillis\":\"1\"} | expiresMillis is",
                "{\"key\":\"k\",\"value\":1,\"expiresMillis\":-1} | expiresMillis is",
            })
    void whatIsNoRecordSaysWhy(String line, String why) throws IOException {
        assertThat(((Reading.Malformed) only(line)).why()).contains(why);
    }

    @Test
    void bytesThatAreNoTextAreNoLine() throws IOException {
        byte[] line = "{\"key\":\"k\",\"value\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        line[20] = (byte) 0xFF;
        assertThat(reads(line, Place.START).getFirst().reading()).isEqualTo(new Reading.Malformed("it is not UTF-8"));
    }
}
