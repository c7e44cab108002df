package io.quorate.server.log;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;

/** An aligned buffer outside the heap in which one block is put together. */
final class BlockBuffer {
    private static final byte[] ZEROS = new byte[BlockPrefix.ALIGNMENT_BYTES];

    private final ByteBuffer bytes;
    private long firstSequence;
    private int recordCount;

    BlockBuffer(int capacityBytes) {
        bytes = aligned(BlockPrefix.aligned(capacityBytes));
        reset(0);
    }

    /** A buffer outside the heap whose start is aligned. */
    static ByteBuffer aligned(int capacityBytes) {
        return ByteBuffer.allocateDirect(capacityBytes + BlockPrefix.ALIGNMENT_BYTES - 1)
                .alignedSlice(BlockPrefix.ALIGNMENT_BYTES)
                .slice(0, capacityBytes);
    }

    /** Empties it; the next record will have this sequence number. */
    void reset(long firstSequence) {
        this.firstSequence = firstSequence;
        recordCount = 0;
        bytes.clear().position(BlockFormatV1.HEADER_BYTES);
    }

    boolean fits(int recordBytes) {
        return bytes.remaining() >= BlockFormatV1.FRAME_BYTES + recordBytes;
    }

    void add(Bytes record) {
        BlockFormatV1.writeRecord(record, bytes);
        recordCount++;
    }

    /** Takes over the records of a block read from disk, its payload beginning at an offset. */
    void copyPayload(BlockHeader header, ByteBuffer source, int offset) {
        reset(header.firstSequence());
        bytes.put(source.slice(offset, header.payloadBytes()));
        recordCount = header.recordCount();
    }

    boolean isEmpty() {
        return recordCount == 0;
    }

    int recordCount() {
        return recordCount;
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return firstSequence + recordCount - 1;
    }

    int payloadBytes() {
        return bytes.position() - BlockFormatV1.HEADER_BYTES;
    }

    /** What the block takes on disk. */
    int blockBytes() {
        return BlockPrefix.aligned(bytes.position());
    }

    int capacityBytes() {
        return bytes.capacity();
    }

    /** The finished block from its first byte to its last. The buffer holds it until it is reset. */
    ByteBuffer seal(long use, long identity, long number, long durableNumber) {
        int payloadBytes = payloadBytes();
        int checksum = BlockPrefix.checksum(bytes, BlockFormatV1.HEADER_BYTES, payloadBytes);
        BlockFormatV1.writeHeader(
                new BlockHeader(
                        use, identity, number, durableNumber, firstSequence, recordCount, payloadBytes, checksum),
                bytes);
        ByteBuffer block = bytes.duplicate();
        block.limit(blockBytes());
        block.put(ZEROS, 0, block.remaining());
        return block.flip();
    }
}
