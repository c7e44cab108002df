package io.quorate.server.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which segments hold the log, and which of them may go. Thread-safe.
 *
 * <p>A segment goes only while two blocks stay: with a single one, damage to that block would leave nothing that proves
 * that there ever was a log.
 */
final class SegmentCatalog {
    private static final int BLOCKS_THAT_STAY = 2;

    private final ArrayDeque<SegmentInfo> older;
    private SegmentInfo current;
    private int currentBlocks = 1;
    private long releasedBelow;

    /** The current segment holds one block. */
    SegmentCatalog(Collection<SegmentInfo> older, SegmentInfo current) {
        this.older = new ArrayDeque<>(older);
        this.current = current;
    }

    /** The writer went on to another segment. */
    synchronized void rolled(long use, long sizeBytes) {
        older.add(current);
        current = new SegmentInfo(use, current.lastSequence() + 1, current.lastSequence(), sizeBytes);
        currentBlocks = 0;
    }

    /** A block is durable; returns whether a segment can go now that could not before. */
    synchronized boolean wrote(long lastSequence) {
        current = current.reaching(lastSequence);
        currentBlocks++;
        return currentBlocks <= BLOCKS_THAT_STAY && releasable() != null;
    }

    /** Returns whether a segment can go now. */
    synchronized boolean release(long belowSequence) {
        releasedBelow = Math.max(releasedBelow, belowSequence);
        return releasable() != null;
    }

    /** The oldest segment if nothing in it is needed any more, else null. */
    synchronized @Nullable SegmentInfo releasable() {
        SegmentInfo oldest = older.peek();
        int blocksElsewhere = Math.max(0, older.size() - 1);
        boolean can = oldest != null
                && currentBlocks > 0
                && currentBlocks + blocksElsewhere >= BLOCKS_THAT_STAY
                && oldest.lastSequence() < releasedBelow;
        return can ? oldest : null;
    }

    /** The oldest segment is out of use, for good. */
    synchronized void released() {
        older.remove();
    }

    synchronized List<SegmentInfo> segments() {
        List<SegmentInfo> all = new ArrayList<>(older);
        all.add(current);
        return List.copyOf(all);
    }
}
