package io.quorate.server.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes replies as version 2 or 3 of the Redis protocol has them. */
final class ReplyWriter {
    /** What every client understands. */
    static final int RESP2 = 2;

    /** With maps and a null of its own; a client asks for it. */
    static final int RESP3 = 3;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final String TEXT_FORMAT = "txt:";

    private ReplyWriter() {}

    /** Appends the reply. */
    static void write(Reply reply, int version, ByteBuf out) {
        switch (reply) {
            case Reply.Simple(String text) -> line(out, '+', text);
            case Reply.Failure(String text) -> line(out, '-', text);
            case Reply.Whole(long number) -> number(out, ':', number);
            case Reply.Bulk(var bytes) -> {
                number(out, '$', bytes.length());
                out.writeBytes(bytes.asBuffer());
                out.writeBytes(LINE_END);
            }
            case Reply.Text(String text) -> text(text, version, out);
            case Reply.Nothing _ -> line(out, version == RESP3 ? '_' : '$', version == RESP3 ? "" : "-1");
            case Reply.NoneOfThem _ -> line(out, version == RESP3 ? '_' : '*', version == RESP3 ? "" : "-1");
            case Reply.Many(var items) -> {
                number(out, '*', items.size());
                items.forEach(each -> write(each, version, out));
            }
            case Reply.Pairs pairs -> pairs(pairs, version, out);
        }
    }

    private static void text(String text, int version, ByteBuf out) {
        boolean marked = version == RESP3;
        byte[] bytes = (marked ? TEXT_FORMAT + text : text).getBytes(StandardCharsets.UTF_8);
        number(out, marked ? '=' : '$', bytes.length);
        out.writeBytes(bytes);
        out.writeBytes(LINE_END);
    }

    private static void pairs(Reply.Pairs pairs, int version, ByteBuf out) {
        int size = pairs.items().size();
        number(out, version == RESP3 ? '%' : '*', version == RESP3 ? size : 2L * size);
        for (Map.Entry<Reply, Reply> each : pairs.items()) {
            write(each.getKey(), version, out);
            write(each.getValue(), version, out);
        }
    }

    /** What ends a line within it would be taken for its end. */
    private static void line(ByteBuf out, char kind, String text) {
        out.writeByte(kind);
        ByteBufUtil.writeUtf8(out, text.replace('\r', ' ').replace('\n', ' '));
        out.writeBytes(LINE_END);
    }

    private static void number(ByteBuf out, char kind, long number) {
        out.writeByte(kind);
        ByteBufUtil.writeAscii(out, Long.toString(number));
        out.writeBytes(LINE_END);
    }
}
