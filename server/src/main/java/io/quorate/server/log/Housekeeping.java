package io.quorate.server.log;

import java.io.IOException;

/** What happens behind the writer: old segments go, the next one is made ready. */
final class Housekeeping {
    /** What a step came to. */
    enum Chore {
        /** Something was done; there may be more. */
        DONE,
        /** Nothing is to be done. */
        NOTHING,
        /** Something is to be done but cannot be now, as on a full disk. */
        HINDERED
    }

    private final SegmentCatalog catalog;
    private final SegmentSupply supply;
    private final LogCounters counters;
    private final Runnable segmentReady;

    Housekeeping(SegmentCatalog catalog, SegmentSupply supply, LogCounters counters, Runnable segmentReady) {
        this.catalog = catalog;
        this.supply = supply;
        this.counters = counters;
        this.segmentReady = segmentReady;
    }

    /** Does one thing. Segments go first: they may be the room that the next one needs. */
    Chore step() {
        SegmentInfo old = catalog.releasable();
        if (old == null && !supply.isEmpty()) {
            return Chore.NOTHING;
        }
        try {
            if (old != null) {
                supply.recycle(old.use());
                catalog.released();
            } else {
                supply.prepare();
                segmentReady.run();
            }
            return Chore.DONE;
        } catch (IOException hindered) {
            counters.preparationFailures.incrementAndGet();
            return old != null && supply.isEmpty() ? prepareAllTheSame() : Chore.HINDERED;
        }
    }

    private Chore prepareAllTheSame() {
        try {
            supply.prepare();
            segmentReady.run();
        } catch (IOException hindered) {
            counters.preparationFailures.incrementAndGet();
        }
        return Chore.HINDERED;
    }
}
