package io.quorate.server.log;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the format of a block.
 *
 * <p>Behind the {@link BlockPrefix}: identity (8), number (8), durable number (8), first sequence (8), record count (4),
 * payload length (4), CRC32C of the payload (4), CRC32C of everything before it (4). Then the payload: each record as
 * its length (4) and its bytes. Then zeros up to a multiple of 4 KiB. Big-endian.
 *
 * <p>The header has a checksum of its own and lies in one sector: a block whose payload is lost still proves that the
 * blocks before it were durable.
 */
final class BlockFormatV1 {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 68;
    static final int FRAME_BYTES = 4;
    static final int MAX_PAYLOAD_BYTES = BlockPrefix.aligned(SharedLog.MAX_RECORD_BYTES + BlockPrefix.ALIGNMENT_BYTES);

    private static final int IDENTITY = 20;
    private static final int NUMBER = 28;
    private static final int DURABLE_NUMBER = 36;
    private static final int FIRST_SEQUENCE = 44;
    private static final int RECORD_COUNT = 52;
    private static final int PAYLOAD_BYTES = 56;
    private static final int PAYLOAD_CHECKSUM = 60;
    private static final int HEADER_CHECKSUM = 64;

    private BlockFormatV1() {}

    /** What a block with a single record takes on disk. */
    static int blockBytesFor(int recordBytes) {
        return BlockPrefix.aligned(HEADER_BYTES + FRAME_BYTES + recordBytes);
    }

    /** Writes the header at the start of a block. */
    static void writeHeader(BlockHeader header, ByteBuffer block) {
        new BlockPrefix(VERSION, header.use()).write(block, 0);
        block.putLong(IDENTITY, header.identity());
        block.putLong(NUMBER, header.number());
        block.putLong(DURABLE_NUMBER, header.durableNumber());
        block.putLong(FIRST_SEQUENCE, header.firstSequence());
        block.putInt(RECORD_COUNT, header.recordCount());
        block.putInt(PAYLOAD_BYTES, header.payloadBytes());
        block.putInt(PAYLOAD_CHECKSUM, header.payloadChecksum());
        block.putInt(HEADER_CHECKSUM, BlockPrefix.checksum(block, 0, HEADER_CHECKSUM));
    }

    /** The header at an offset, or null when there is none of this version or it is damaged. */
    static @Nullable BlockHeader readHeader(ByteBuffer source, int offset) {
        BlockPrefix prefix = BlockPrefix.read(source, offset);
        if (prefix == null
                || prefix.version() != VERSION
                || source.getInt(offset + HEADER_CHECKSUM) != BlockPrefix.checksum(source, offset, HEADER_CHECKSUM)) {
            return null;
        }
        BlockHeader header = new BlockHeader(
                prefix.use(),
                source.getLong(offset + IDENTITY),
                source.getLong(offset + NUMBER),
                source.getLong(offset + DURABLE_NUMBER),
                source.getLong(offset + FIRST_SEQUENCE),
                source.getInt(offset + RECORD_COUNT),
                source.getInt(offset + PAYLOAD_BYTES),
                source.getInt(offset + PAYLOAD_CHECKSUM));
        return header.payloadBytes() >= 0 && header.payloadBytes() <= MAX_PAYLOAD_BYTES ? header : null;
    }

    /** Whether the payload of a block that begins at an offset is the one that its header was written for. */
    static boolean payloadIntact(BlockHeader header, ByteBuffer source, int offset) {
        return BlockPrefix.checksum(source, offset + HEADER_BYTES, header.payloadBytes()) == header.payloadChecksum();
    }

    /** Adds a record to a payload. */
    static void writeRecord(Bytes record, ByteBuffer payload) {
        payload.putInt(record.length());
        record.putTo(payload);
    }

    /** Hands out the records of an intact block in order. */
    static void readRecords(BlockHeader header, ByteBuffer source, int offset, RecordVisitor visitor) {
        ByteBuffer payload = source.slice(offset + HEADER_BYTES, header.payloadBytes());
        for (int i = 0; i < header.recordCount(); i++) {
            byte[] record = new byte[payload.getInt()];
            payload.get(record);
            visitor.record(header.firstSequence() + i, Bytes.wrap(record));
        }
    }
}
