package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Revision;
import io.quorate.core.cluster.Now;
import java.util.Map;
import java.util.TreeMap;

/** What kinds of reads clients ask for, and what those see that are not linearizable. */
final class ReadCalls {
    private static final long MOST_STALENESS_MILLIS = 3_000;

    /** A worker's clock may be slow, and then so long is longer. */
    private static final double OF_SLOWEST_CLOCK = 1 / (1 - SimulatedClock.MAX_DRIFT_PPM / 1e6);

    private static final long KEPT_NANOS = 4 * MOST_STALENESS_MILLIS * Now.NANOS_PER_MILLI;

    private final Simulation world;

    /** By partition and time, the greatest revision acknowledged by then. */
    private final Map<Integer, TreeMap<Long, Revision>> acknowledged = new TreeMap<>();

    ReadCalls(Simulation world) {
        this.world = world;
    }

    /**
     * A read of a key.
     *
     * @param drawn from 0 to 0.4, of which kind
     */
    ReadRequest request(Bytes key, int partition, double drawn) {
        if (drawn < 0.04) {
            return ReadRequest.local(key);
        }
        Revision known = acknowledgedBy(partition, world.time.nanos());
        if (drawn < 0.06) {
            return ReadRequest.local(key).atLeast(known);
        }
        if (drawn < 0.14) {
            long staleness = 1L + world.time.random().nextLong(MOST_STALENESS_MILLIS);
            ReadRequest bounded = ReadRequest.bounded(key, staleness);
            return drawn < 0.07 ? bounded.atLeast(known) : bounded;
        }
        return ReadRequest.linearizable(key);
    }

    /** A write of that partition was acknowledged just now. */
    void acknowledged(int partition, Revision revision) {
        long now = world.time.nanos();
        TreeMap<Long, Revision> known = acknowledged.computeIfAbsent(partition, _ -> new TreeMap<>());
        if (known.isEmpty() || known.lastEntry().getValue().compareTo(revision) < 0) {
            known.put(now, revision);
        }
        Long keptFrom = known.floorKey(now - KEPT_NANOS);
        if (keptFrom != null) {
            known.headMap(keptFrom, false).clear();
        }
    }

    private Revision acknowledgedBy(int partition, long nanos) {
        var last = acknowledged.getOrDefault(partition, new TreeMap<>()).floorEntry(nanos);
        return last == null ? Revision.NONE : last.getValue();
    }

    void answered(Asked asked, ReadOutcome outcome) {
        outcome.answeredBy().ifPresent(served -> check(asked, served));
        if (outcome instanceof ReadOutcome.NotServed(Problem problem, String detail)
                && problem == Problem.BAD_REQUEST) {
            throw new Violation(Promise.READ_SEES_ITS_MINIMUM, "%s was refused: %s".formatted(asked, detail));
        }
    }

    private void check(Asked asked, ReadOutcome.Served served) {
        if (served.applied().compareTo(asked.read().minRevision()) < 0) {
            throw new Violation(Promise.READ_SEES_ITS_MINIMUM, "%s was answered by %s".formatted(asked, served));
        }
        if (served.consistency() == Consistency.BOUNDED) {
            world.coverage().happened(Coverage.Happening.BOUNDED_READ_BY_FOLLOWER);
            long allowed = (long) (asked.read().maxStalenessMillis() * Now.NANOS_PER_MILLI * OF_SLOWEST_CLOCK);
            Revision toSee = acknowledgedBy(asked.partition(), asked.askedNanos() - allowed - 1);
            if (served.applied().compareTo(toSee) < 0) {
                throw new Violation(
                        Promise.BOUNDED_READ_IS_FRESH_ENOUGH,
                        "%s was answered by %s, but %s had been acknowledged so long before"
                                .formatted(asked, served, toSee));
            }
        }
        if (served.consistency().compareTo(asked.read().consistency()) > 0) {
            throw new Violation(
                    Promise.READ_IS_FRESH, "%s was answered less consistently, by %s".formatted(asked, served));
        }
    }
}
