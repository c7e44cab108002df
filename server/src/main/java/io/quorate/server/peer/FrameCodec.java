package io.quorate.server.peer;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32C;

/**
 * The bytes of a frame.
 *
 * <p>Big-endian: payload length (4), kind (1), version (1), CRC32C of those six bytes and the payload (4), payload.
 * Handshake frames carry {@link #HANDSHAKE_VERSION} for ever, all others the version that the handshake agreed on.
 */
final class FrameCodec {
    static final int HEADER_BYTES = 10;
    static final int HANDSHAKE_VERSION = 1;

    static final int KIND_OFFSET = 4;
    static final int VERSION_OFFSET = 5;
    static final int CHECKSUM_OFFSET = 6;

    private FrameCodec() {}

    static int sizeBytes(Frame frame) {
        return HEADER_BYTES + frame.payload().length();
    }

    static void encode(Frame frame, int version, ByteBuf out) {
        int length = frame.payload().length();
        out.ensureWritable(HEADER_BYTES + length);
        int start = out.writerIndex();
        out.writeInt(length);
        out.writeByte(frame.kind().code());
        out.writeByte(version);
        int body = start + HEADER_BYTES;
        frame.payload().putTo(out.internalNioBuffer(body, length));
        CRC32C checksum = new CRC32C();
        checksum.update(out.internalNioBuffer(start, CHECKSUM_OFFSET));
        checksum.update(out.internalNioBuffer(body, length));
        out.writeInt((int) checksum.getValue());
        out.writerIndex(body + length);
    }

    /** The checksum of a frame whose header and payload have been read apart. */
    static int checksum(byte[] header, byte[] payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, CHECKSUM_OFFSET);
        checksum.update(payload);
        return (int) checksum.getValue();
    }
}
