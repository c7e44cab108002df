package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every kind of reply as both versions of the protocol have it, byte by byte. */
class ReplyWriterTest {
    @Test
    void bothVersionsHaveMostInCommon() {
        for (int version : new int[] {ReplyWriter.RESP2, ReplyWriter.RESP3}) {
            assertThat(written(Reply.OK, version)).isEqualTo("+OK\r\n");
            assertThat(written(new Reply.Failure("ERR no"), version)).isEqualTo("-ERR no\r\n");
            assertThat(written(new Reply.Whole(-7), version)).isEqualTo(":-7\r\n");
            assertThat(written(Reply.bulk("ä"), version)).isEqualTo("$2\r\nä\r\n");
            assertThat(written(Reply.bulk(""), version)).isEqualTo("$0\r\n\r\n");
            assertThat(written(new Reply.Many(List.of(Reply.ONE, new Reply.Many(List.of()))), version))
                    .isEqualTo("*2\r\n:1\r\n*0\r\n");
        }
    }

    @Test
    void theNewerOneHasANullAndMapsAndTextOfItsOwn() {
        Reply pairs = new Reply.Pairs(List.of(Map.entry(Reply.bulk("a"), Reply.ONE)));
        assertThat(written(Reply.NOTHING, ReplyWriter.RESP2)).isEqualTo("$-1\r\n");
        assertThat(written(Reply.NOTHING, ReplyWriter.RESP3)).isEqualTo("_\r\n");
        assertThat(written(new Reply.NoneOfThem(), ReplyWriter.RESP2)).isEqualTo("*-1\r\n");
        assertThat(written(new Reply.NoneOfThem(), ReplyWriter.RESP3)).isEqualTo("_\r\n");
        assertThat(written(pairs, ReplyWriter.RESP2)).isEqualTo("*2\r\n$1\r\na\r\n:1\r\n");
        assertThat(written(pairs, ReplyWriter.RESP3)).isEqualTo("%1\r\n$1\r\na\r\n:1\r\n");
        assertThat(written(new Reply.Text("x:1"), ReplyWriter.RESP2)).isEqualTo("$3\r\nx:1\r\n");
        assertThat(written(new Reply.Text("x:1"), ReplyWriter.RESP3)).isEqualTo("=7\r\ntxt:x:1\r\n");
    }

    @Test
    void aLineCannotBeEndedByWhatItSays() {
        assertThat(written(new Reply.Failure("ERR a\r\n+OK"), ReplyWriter.RESP2))
                .isEqualTo("-ERR a  +OK\r\n");
    }

    private static String written(Reply reply, int version) {
        ByteBuf out = Unpooled.buffer();
        ReplyWriter.write(reply, version, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
