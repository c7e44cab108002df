package io.quorate.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a record turns out to be damaged: it reads as absent and is reported once.
 *
 * <p>The replica's digest then differs from the leader's, and the next comparison repairs it. Thread-safe.
 */
final class DamagedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedRecords.class);
    private static final int MAX_REPORTED = 1_000;

    private record Place(int partition, SpaceKey at) {}

    private final Path folder;
    private final StoreCounters counters;
    private final Set<Place> reported = ConcurrentHashMap.newKeySet();

    DamagedRecords(Path folder, StoreCounters counters) {
        this.folder = folder;
        this.counters = counters;
    }

    /** Counts it, and reports it unless that was done before or there are too many. */
    void found(int partition, SpaceKey at, Exception why) {
        counters.unreadable();
        if (reported.size() < MAX_REPORTED && reported.add(new Place(partition, at))) {
            LOG.warn(
                    "the record of {} of partition {} in {} is damaged and reads as absent until /pull repairs it: {}",
                    at,
                    partition,
                    folder,
                    why.getMessage());
        }
    }

    /** The partition's records have been replaced; further damage is reported anew. */
    void repaired(int partition) {
        reported.removeIf(place -> place.partition() == partition);
    }

    /** Why a snapshot fails: one without the record would spread the loss to replicas that still have it. */
    static UncheckedIOException notCopied(Path folder, int partition, SpaceKey at, Exception why) {
        return new UncheckedIOException(new IOException(
                "partition " + partition + " in " + folder + " cannot be copied, the record of " + at
                        + " is damaged: let another replica lead, then /pull repairs this one",
                why));
    }
}
