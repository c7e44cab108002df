package io.quorate.server.log;

import org.jspecify.annotations.Nullable;

/** Follows the chain of blocks from one segment to the next and hands out their records. */
final class ChainReader {
    /**
     * A block that was read.
     *
     * @param use the segment that it stands in
     * @param offset where
     * @param header its header
     */
    record Place(long use, long offset, BlockHeader header) {}

    private final RecordVisitor visitor;
    private final long identity;
    private long nextNumber;
    private long nextSequence;
    private @Nullable Place last;

    /** Begins with the given block. */
    ChainReader(BlockHeader first, RecordVisitor visitor) {
        this.visitor = visitor;
        identity = first.identity();
        nextNumber = first.number();
        nextSequence = first.firstSequence();
    }

    /** The number of the block that comes next in the chain. */
    long nextNumber() {
        return nextNumber;
    }

    /** The sequence number of the record that comes next. */
    long nextSequence() {
        return nextSequence;
    }

    /** The block that was read last, or null before any. */
    @Nullable Place last() {
        return last;
    }

    /** Reads a segment up to the block before the given number or to the first that does not fit; returns where it ended. */
    long read(SegmentReader segment, long use, long beforeNumber) throws UnreadableException {
        long offset = 0;
        while (nextNumber < beforeNumber && !segment.endsBefore(offset)) {
            BlockHeader header = segment.intactBlock(offset);
            if (header == null || header.identity() != identity || header.number() != nextNumber) {
                break;
            }
            if (header.firstSequence() != nextSequence) {
                throw new IllegalStateException("block " + nextNumber + " in " + SegmentNames.segment(use)
                        + " is intact and begins with record " + header.firstSequence() + " instead of "
                        + nextSequence + ": it was written wrongly");
            }
            segment.records(header, offset, visitor);
            last = new Place(use, offset, header);
            nextNumber++;
            nextSequence = header.lastSequence() + 1;
            offset += header.blockBytes();
        }
        return offset;
    }
}
