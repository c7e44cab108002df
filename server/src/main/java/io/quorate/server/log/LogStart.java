package io.quorate.server.log;

import java.util.List;

/**
 * Where a log goes on after it was opened.
 *
 * @param identity the random number that its blocks carry
 * @param durableNumber the number of the last block, which is the only one in the segment
 * @param segment the segment to write to
 * @param info the same segment for the catalog
 * @param older the segments before it
 * @param supply where further segments come from
 * @param counters what is counted
 */
record LogStart(
        long identity,
        long durableNumber,
        OpenSegment segment,
        SegmentInfo info,
        List<SegmentInfo> older,
        SegmentSupply supply,
        LogCounters counters) {}
