package io.quorate.server.log;

import org.jspecify.annotations.Nullable;

/**
 * A segment's file and the block that it begins with.
 *
 * @param use the use that its name speaks of
 * @param sizeBytes its length
 * @param first its first block, or null when that is not intact or none of this use
 */
record SegmentStart(long use, long sizeBytes, @Nullable BlockHeader first) {
    String name() {
        return SegmentNames.segment(use);
    }
}
