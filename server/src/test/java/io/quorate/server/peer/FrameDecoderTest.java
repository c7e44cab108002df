package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.server.peer.FrameDecoder.Decoded;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final List<Frame> FRAMES = List.of(
            new Frame(FrameKind.REQUEST, Bytes.utf8("first")),
            new Frame(FrameKind.PING, Bytes.EMPTY),
            new Frame(FrameKind.REPLY, Bytes.utf8("a second, longer one")),
            new Frame(FrameKind.REQUEST, Bytes.EMPTY),
            new Frame(FrameKind.REQUEST, Bytes.utf8("x")));

    private final FrameDecoder decoder = new FrameDecoder();

    private static Buffer stream() {
        Buffer stream = Buffer.buffer();
        FRAMES.forEach(frame -> stream.appendBytes(FrameCodecTest.encoded(frame, 1)));
        return stream;
    }

    private static List<Decoded> decode(FrameDecoder decoder, Buffer... pieces) {
        List<Decoded> found = new ArrayList<>();
        for (Buffer piece : pieces) {
            decoder.add(piece);
            Decoded next = decoder.next();
            while (next instanceof Decoded.Complete) {
                found.add(next);
                next = decoder.next();
            }
            if (next instanceof Decoded.Bad) {
                found.add(next);
                return found;
            }
        }
        return found;
    }

    private static List<Decoded> completed() {
        return FRAMES.stream().<Decoded>map(Decoded.Complete::new).toList();
    }

    private static String badReason(List<Decoded> found) {
        assertThat(found).hasSize(1);
        return ((Decoded.Bad) found.getFirst()).reason();
    }

    @Test
    void framesThatArriveTogetherAreTakenApart() {
        assertThat(decode(decoder, stream())).isEqualTo(completed());
    }

    @Test
    void framesAreTheSameWhereverTheirBytesAreSplit() {
        Buffer stream = stream();
        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                List<Decoded> found = decode(
                        new FrameDecoder(),
                        stream.getBuffer(0, first),
                        stream.getBuffer(first, second),
                        stream.getBuffer(second, stream.length()));
                assertThat(found).as("split at %d and %d", first, second).isEqualTo(completed());
            }
        }
    }

    @Test
    void framesAreReadByteByByte() {
        Buffer stream = stream();
        Buffer[] bytes = new Buffer[stream.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = stream.getBuffer(i, i + 1);
        }
        assertThat(decode(decoder, bytes)).isEqualTo(completed());
    }

    @Test
    void noFlippedBitPasses() {
        byte[] good = FrameCodecTest.encoded(FRAMES.getFirst(), 1);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(decode(new FrameDecoder(), Buffer.buffer(flipped)))
                    .as("bit %d", bit)
                    .noneMatch(Decoded.Complete.class::isInstance);
        }
    }

    @Test
    void aWrongChecksumIsNamed() {
        byte[] bytes = FrameCodecTest.encoded(FRAMES.getFirst(), 1);
        bytes[bytes.length - 1] ^= 1;
        assertThat(badReason(decode(decoder, Buffer.buffer(bytes)))).contains("checksum");
    }

    @Test
    void nothingIsReadAfterABadFrame() {
        byte[] bytes = FrameCodecTest.encoded(FRAMES.getFirst(), 1);
        bytes[bytes.length - 1] ^= 1;
        decode(decoder, Buffer.buffer(bytes).appendBuffer(stream()));
        assertThat(badReason(decode(decoder, stream()))).contains("checksum");
    }

    @Test
    void aFrameAboveTheLimitIsRefusedByItsHeaderAlone() {
        decoder.handshakeDone(1);
        ByteBuffer header = ByteBuffer.allocate(FrameCodec.HEADER_BYTES)
                .putInt(PeerLimits.MAX_FRAME_BYTES + 1)
                .put((byte) FrameKind.REQUEST.code())
                .put((byte) 1);
        assertThat(badReason(decode(decoder, Buffer.buffer(header.array())))).contains("length of 8388609 bytes");
    }

    @Test
    void aFrameOfTheLargestSizeIsRead() {
        decoder.handshakeDone(1);
        byte[] payload = new byte[PeerLimits.MAX_FRAME_BYTES];
        new Random(1).nextBytes(payload);
        Frame largest = new Frame(FrameKind.REQUEST, Bytes.wrap(payload));
        assertThat(decode(decoder, Buffer.buffer(FrameCodecTest.encoded(largest, 1))))
                .containsExactly(new Decoded.Complete(largest));
    }

    @Test
    void beforeTheHandshakeOnlySmallFramesAreRead() {
        Frame large = new Frame(FrameKind.HELLO, Bytes.wrap(new byte[PeerLimits.MAX_HANDSHAKE_BYTES + 1]));
        assertThat(badReason(decode(decoder, Buffer.buffer(FrameCodecTest.encoded(large, 1)))))
                .contains("length of 4097 bytes");
    }

    @Test
    void aNegativeLengthIsRefused() {
        assertThat(badReason(decode(decoder, Buffer.buffer(new byte[] {-1, -1, -1, -1, 5, 1, 0, 0, 0, 0}))))
                .contains("length of 4294967295 bytes");
    }

    @Test
    void anUnknownKindIsNamed() {
        assertThat(badReason(decode(decoder, Buffer.buffer(new byte[] {0, 0, 0, 0, 99, 1, 0, 0, 0, 0}))))
                .contains("kind 99");
    }

    @Test
    void aFrameOfAnotherVersionThanTheAgreedOneIsRefused() {
        decoder.handshakeDone(2);
        assertThat(badReason(decode(decoder, stream()))).contains("version is 1 where 2 was agreed on");
    }

    @Test
    void garbageIsRefusedOrWaitedForButNeverTakenForAFrame() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            assertThat(decode(new FrameDecoder(), Buffer.buffer(garbage)))
                    .noneMatch(Decoded.Complete.class::isInstance);
        }
    }
}
