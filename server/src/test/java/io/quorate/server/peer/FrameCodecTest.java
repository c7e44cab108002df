package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.api.Bytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    static byte[] encoded(Frame frame, int version) {
        ByteBuf out = Unpooled.buffer();
        FrameCodec.encode(frame, version, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static String hex(Frame frame, int version) {
        return HexFormat.of().formatHex(encoded(frame, version));
    }

    @Test
    void theBytesOfAFrameStayAsTheyAre() {
        assertThat(hex(new Frame(FrameKind.REQUEST, Bytes.utf8("quorate")), 1))
                .isEqualTo("00000007" + "05" + "01" + "4c8ce8d4" + "71756f72617465");
        assertThat(hex(new Frame(FrameKind.REPLY, Bytes.utf8("quorate")), 2))
                .isEqualTo("00000007" + "06" + "02" + "8e676394" + "71756f72617465");
        assertThat(hex(new Frame(FrameKind.PING, Bytes.EMPTY), 1)).isEqualTo("00000000" + "04" + "01" + "ebcb9e55");
    }

    @Test
    void theCodesOfTheKindsStayAsTheyAre() {
        assertThat(FrameKind.values()).extracting(FrameKind::code).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(FrameKind.values())
                .containsExactly(
                        FrameKind.HELLO,
                        FrameKind.WELCOME,
                        FrameKind.REFUSAL,
                        FrameKind.PING,
                        FrameKind.REQUEST,
                        FrameKind.REPLY);
    }

    @Test
    void aFrameIsEncodedBehindWhatTheBufferHolds() {
        Frame frame = new Frame(FrameKind.REQUEST, Bytes.utf8("x"));
        ByteBuf direct = Unpooled.directBuffer(4);
        direct.writeInt(7);
        FrameCodec.encode(frame, 1, direct);
        byte[] bytes = new byte[FrameCodec.sizeBytes(frame)];
        direct.getBytes(4, bytes);
        assertThat(bytes).isEqualTo(encoded(frame, 1));
        assertThat(direct.readInt()).isEqualTo(7);
        direct.release();
    }
}
