package io.quorate.server.log;

import org.jspecify.annotations.Nullable;

/** What stands behind the last block that reads back: nothing that counts, or the proof that something is missing. */
final class LogTail {
    private final long identity;
    private final ChainReader chain;
    private @Nullable BlockHeader proof;
    private long tornBytes;

    /** The block that comes next in the chain, once that is read to its end, is the first that does not read back. */
    LogTail(long identity, ChainReader chain) {
        this.identity = identity;
        this.chain = chain;
    }

    /**
     * Looks through a segment from an offset on. The next block is begun only when the last is durable, so a header that
     * calls the missing block durable proves damage, and without one the missing block was never acknowledged. Headers
     * count even when the payload behind them is lost.
     */
    void examine(SegmentReader segment, long fromOffset) throws UnreadableException {
        if (!segment.endsBefore(fromOffset)) {
            tornBytes += tornBytes(segment, fromOffset);
        }
        for (long at = fromOffset; !segment.endsBefore(at); at += BlockPrefix.ALIGNMENT_BYTES) {
            BlockHeader header = segment.header(at);
            if (header != null && header.identity() == identity && header.durableNumber() >= chain.nextNumber()) {
                proof = header;
            }
        }
    }

    /** A later block that was written when the missing one was durable, or null. */
    @Nullable BlockHeader proof() {
        return proof;
    }

    /** The bytes that a crash left of the missing block, as far as that can be told. */
    long tornBytes() {
        return tornBytes;
    }

    private long tornBytes(SegmentReader segment, long offset) throws UnreadableException {
        BlockHeader header = segment.header(offset);
        if (header != null) {
            return Math.min(header.blockBytes(), segment.sizeBytes() - offset);
        }
        boolean ofOtherUse = segment.prefix(offset) != null;
        return ofOtherUse || segment.isBlank(offset) ? 0 : BlockPrefix.ALIGNMENT_BYTES;
    }
}
