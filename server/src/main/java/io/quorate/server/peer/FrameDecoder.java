package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Puts the frames of one connection together again from pieces of any size.
 *
 * <p>Give it a piece with {@link #add}, then take frames with {@link #next} until it needs more. After the first bad
 * frame nothing can be read any more. It holds no more than one piece and one payload. Not thread-safe.
 */
final class FrameDecoder {
    /** What {@link #next} found. */
    sealed interface Decoded {
        record Complete(Frame frame) implements Decoded {}

        record NeedsMore() implements Decoded {}

        record Bad(String reason) implements Decoded {}
    }

    private static final Decoded NEEDS_MORE = new Decoded.NeedsMore();
    private static final byte[] NONE = new byte[0];

    private final byte[] header = new byte[FrameCodec.HEADER_BYTES];
    private int headerFilled;
    private byte[] payload = NONE;
    private int payloadFilled;
    private Optional<Decoded> bad = Optional.empty();

    private Buffer piece = Buffer.buffer();
    private int position;

    private int version = FrameCodec.HANDSHAKE_VERSION;
    private int maxPayloadBytes = PeerLimits.MAX_HANDSHAKE_BYTES;

    /** Frames from the next one on have this version and may be of full size. */
    void handshakeDone(int agreedVersion) {
        version = agreedVersion;
        maxPayloadBytes = PeerLimits.MAX_FRAME_BYTES;
    }

    /** Adds what arrived; the piece before it has been used up. */
    void add(Buffer next) {
        if (position < piece.length() && bad.isEmpty()) {
            throw new IllegalStateException("The piece before still has bytes that nobody took");
        }
        piece = next;
        position = 0;
    }

    Decoded next() {
        if (bad.isPresent()) {
            return bad.get();
        }
        if (headerFilled < header.length) {
            headerFilled += take(header, headerFilled);
            if (headerFilled < header.length) {
                return NEEDS_MORE;
            }
            bad = headerFault();
            if (bad.isPresent()) {
                return bad.get();
            }
            payload = new byte[length()];
            payloadFilled = 0;
        }
        payloadFilled += take(payload, payloadFilled);
        return payloadFilled < payload.length ? NEEDS_MORE : finish();
    }

    private int take(byte[] target, int filled) {
        int count = Math.min(target.length - filled, piece.length() - position);
        if (count > 0) {
            piece.getBytes(position, position + count, target, filled);
            position += count;
        }
        return count;
    }

    private Decoded finish() {
        if (FrameCodec.checksum(header, payload) != ByteBuffer.wrap(header).getInt(FrameCodec.CHECKSUM_OFFSET)) {
            Decoded fault = new Decoded.Bad("its checksum does not fit its bytes");
            bad = Optional.of(fault);
            return fault;
        }
        Frame frame = new Frame(kind().orElseThrow(), Bytes.wrap(payload));
        headerFilled = 0;
        payload = NONE;
        payloadFilled = 0;
        return new Decoded.Complete(frame);
    }

    private Optional<Decoded> headerFault() {
        int length = length();
        if (length < 0 || length > maxPayloadBytes) {
            return Optional.of(new Decoded.Bad("its length of " + Integer.toUnsignedString(length)
                    + " bytes is above the " + maxPayloadBytes + " allowed here"));
        }
        if (kind().isEmpty()) {
            return Optional.of(new Decoded.Bad("its kind " + unsigned(FrameCodec.KIND_OFFSET) + " is unknown"));
        }
        if (unsigned(FrameCodec.VERSION_OFFSET) != version) {
            return Optional.of(new Decoded.Bad(
                    "its version is " + unsigned(FrameCodec.VERSION_OFFSET) + " where " + version + " was agreed on"));
        }
        return Optional.empty();
    }

    private int length() {
        return ByteBuffer.wrap(header).getInt(0);
    }

    private Optional<FrameKind> kind() {
        return FrameKind.ofCode(unsigned(FrameCodec.KIND_OFFSET));
    }

    private int unsigned(int offset) {
        return Byte.toUnsignedInt(header[offset]);
    }
}
