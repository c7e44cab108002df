package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.server.redis.CommandDecoder.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands are found however what clients send is cut, and what is no command or too long ends the search. */
class CommandDecoderTest {
    private static final int FRAME_BYTES = 1_024;
    private static final String PIPELINE = String.join(
            "\r\n",
            "*2\r\n$3\r\nGET\r\n$1\r\nk",
            "PING",
            "*0",
            "",
            "*3\r\n$3\r\nSET\r\n$4\r\na\r\nb\r\n$0\r\n",
            "set \"a b\" 'it\\'s' \"\\x41\\n\\\"\"",
            "*1\r\n$4\r\nQUIT\r\n");

    @Test
    void commandsOfEveryFormAreFound() {
        assertThat(words(all(whole(PIPELINE))))
                .containsExactly(
                        List.of("GET", "k"),
                        List.of("PING"),
                        List.of("SET", "a\r\nb", ""),
                        List.of("set", "a b", "it's", "A\n\""),
                        List.of("QUIT"));
    }

    @Test
    void itDoesNotMatterWhereTheBytesAreCut() {
        List<Decoded> expected = all(whole(PIPELINE));
        byte[] bytes = bytes(PIPELINE);
        for (int cut = 0; cut <= bytes.length; cut++) {
            CommandDecoder decoder = new CommandDecoder(FRAME_BYTES);
            List<Decoded> found = new ArrayList<>();
            decoder.add(Arrays.copyOfRange(bytes, 0, cut));
            found.addAll(all(decoder));
            decoder.add(Arrays.copyOfRange(bytes, cut, bytes.length));
            found.addAll(all(decoder));
            assertThat(found).as("cut at %d", cut).isEqualTo(expected);
            assertThat(decoder.isAmid()).isFalse();
        }
    }

    @Test
    void oneByteAtATimeIsEnough() {
        CommandDecoder decoder = new CommandDecoder(FRAME_BYTES);
        List<Decoded> found = new ArrayList<>();
        for (byte each : bytes(PIPELINE)) {
            decoder.add(new byte[] {each});
            found.addAll(all(decoder));
        }
        assertThat(found).isEqualTo(all(whole(PIPELINE)));
    }

    @ParameterizedTest
    @CsvSource({
        "'*x|', invalid multibulk length",
        "'*65537|', invalid multibulk length",
        "'*1|x4|', 'expected ''$'', got ''x'''",
        "'*1|$x|', invalid bulk length",
        "'*1|$-1|', invalid bulk length",
        "'*1|$1025|', invalid bulk length",
        "'*2|$1000|#1000|$25|', invalid bulk length",
        "'*1|$1|abc|', an argument does not end where its length says",
        "'get \"k|', unbalanced quotes in request",
        "'get \"k\"x|', unbalanced quotes in request",
    })
    void whatIsNoCommandIsSaidToBeNone(String sent, String reason) {
        String text = sent.replace("#1000", "x".repeat(1_000)).replace("|", "\r\n");
        CommandDecoder decoder = whole(text);
        assertThat(decoder.next()).isEqualTo(new Decoded.Bad("Protocol error: " + reason));
        decoder.add(bytes("PING\r\n"));
        assertThat(decoder.next()).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void aLineThatDoesNotEndIsNotKeptForEver() {
        assertThat(whole("x".repeat(RedisLimits.MAX_LINE_BYTES)).next()).isInstanceOf(Decoded.NeedsMore.class);
        assertThat(whole("x".repeat(RedisLimits.MAX_LINE_BYTES + 1)).next())
                .isEqualTo(new Decoded.Bad("Protocol error: too big inline request"));
        assertThat(whole("*" + "1".repeat(RedisLimits.MAX_LINE_BYTES)).next())
                .isEqualTo(new Decoded.Bad("Protocol error: too big mbulk count string"));
        assertThat(whole("*1\r\n$" + "1".repeat(RedisLimits.MAX_LINE_BYTES)).next())
                .isEqualTo(new Decoded.Bad("Protocol error: too big bulk count string"));
    }

    @Test
    void whatIsKeptForAnUnfinishedCommandIsCounted() {
        CommandDecoder decoder = whole("*3\r\n$3\r\nSET\r\n$100\r\nabc");
        assertThat(decoder.next()).isInstanceOf(Decoded.NeedsMore.class);
        assertThat(decoder.isAmid()).isTrue();
        assertThat(decoder.keptBytes()).isEqualTo(6);
    }

    private static CommandDecoder whole(String text) {
        CommandDecoder decoder = new CommandDecoder(FRAME_BYTES);
        decoder.add(bytes(text));
        return decoder;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Decoded> all(CommandDecoder decoder) {
        List<Decoded> found = new ArrayList<>();
        while (decoder.next() instanceof Decoded.Complete complete) {
            found.add(complete);
        }
        return found;
    }

    private static List<List<String>> words(List<Decoded> found) {
        return found.stream()
                .map(each -> ((Decoded.Complete) each)
                        .words().stream()
                                .map(word -> new String(word.toArray(), StandardCharsets.UTF_8))
                                .toList())
                .toList();
    }

    @Test
    void anArgumentMayHaveAnyBytes() {
        byte[] any = new byte[256];
        for (int i = 0; i < any.length; i++) {
            any[i] = (byte) i;
        }
        CommandDecoder decoder = whole("*1\r\n$256\r\n");
        decoder.add(any);
        decoder.add(bytes("\r\n"));
        assertThat(decoder.next()).isEqualTo(new Decoded.Complete(List.of(Bytes.wrap(any)), 256));
    }
}
