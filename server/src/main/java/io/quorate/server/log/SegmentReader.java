package io.quorate.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of one segment; one at a time is open over the same window. */
final class SegmentReader implements AutoCloseable {
    private final long use;
    private final SegmentFile file;
    private final long sizeBytes;
    private final ReadWindow window;

    SegmentReader(LogFiles files, long use, ReadWindow window) throws IOException {
        this.use = use;
        this.window = window;
        window.forget();
        file = files.open(SegmentNames.segment(use));
        sizeBytes = file.sizeBytes();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Whether the file has the length that a segment can have. */
    boolean isWholePages() {
        return sizeBytes > 0 && sizeBytes % BlockPrefix.ALIGNMENT_BYTES == 0;
    }

    boolean endsBefore(long offset) {
        return offset + BlockPrefix.ALIGNMENT_BYTES > sizeBytes;
    }

    /** What a block of any version at an offset begins with, or null when none does. */
    @Nullable BlockPrefix prefix(long offset) throws UnreadableException {
        int index = load(offset, BlockPrefix.ALIGNMENT_BYTES);
        return BlockPrefix.read(window.bytes(), index);
    }

    /** The header of a block of this use of the segment at an offset, or null when there is none. */
    @Nullable BlockHeader header(long offset) throws UnreadableException {
        int index = load(offset, BlockPrefix.ALIGNMENT_BYTES);
        BlockHeader header = BlockFormatV1.readHeader(window.bytes(), index);
        return header != null && header.use() == use ? header : null;
    }

    /** The header at an offset if the whole block is as it was written, else null. */
    @Nullable BlockHeader intactBlock(long offset) throws UnreadableException {
        BlockHeader header = header(offset);
        if (header == null || offset + header.blockBytes() > sizeBytes) {
            return null;
        }
        int index = load(offset, header.blockBytes());
        return BlockFormatV1.payloadIntact(header, window.bytes(), index) ? header : null;
    }

    /** Hands out the records of an intact block. */
    void records(BlockHeader header, long offset, RecordVisitor visitor) throws UnreadableException {
        int index = load(offset, header.blockBytes());
        BlockFormatV1.readRecords(header, window.bytes(), index, visitor);
    }

    /** Copies the records of an intact block into a buffer of at least its size. */
    void copy(BlockHeader header, long offset, BlockBuffer target) throws UnreadableException {
        int index = load(offset, header.blockBytes());
        target.copyPayload(header, window.bytes(), index + BlockFormatV1.HEADER_BYTES);
    }

    /** Whether nothing but zeros stands in the 4 KiB at an offset. */
    boolean isBlank(long offset) throws UnreadableException {
        int index = load(offset, BlockPrefix.ALIGNMENT_BYTES);
        ByteBuffer bytes = window.bytes();
        for (int i = 0; i < BlockPrefix.ALIGNMENT_BYTES; i += Long.BYTES) {
            if (bytes.getLong(index + i) != 0) {
                return false;
            }
        }
        return true;
    }

    private int load(long offset, int length) throws UnreadableException {
        try {
            return window.load(file, sizeBytes, offset, length);
        } catch (IOException cannot) {
            throw new UnreadableException(SegmentNames.segment(use), offset, cannot);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
