package io.quorate.server.log;

/**
 * What a block says about itself.
 *
 * @param use the use of the segment in which it was written
 * @param identity the random number of the log that it belongs to
 * @param number its place in the log, from 1 without a gap over all segments
 * @param durableNumber the block up to which everything was known durable when this one was written
 * @param firstSequence the sequence number of its first record, or of the next one when it has none
 * @param recordCount how many records it holds
 * @param payloadBytes their length with framing
 * @param payloadChecksum the CRC32C of these bytes
 */
record BlockHeader(
        long use,
        long identity,
        long number,
        long durableNumber,
        long firstSequence,
        int recordCount,
        int payloadBytes,
        int payloadChecksum) {
    /** The last record in it, or the last one before it when it has none. */
    long lastSequence() {
        return firstSequence + recordCount - 1;
    }

    /** What it takes on disk. */
    int blockBytes() {
        return BlockPrefix.aligned(BlockFormatV1.HEADER_BYTES + payloadBytes);
    }
}
