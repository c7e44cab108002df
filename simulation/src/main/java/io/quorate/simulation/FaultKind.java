package io.quorate.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong. Each run draws some of them. */
public enum FaultKind {
    /** A worker ends at once and soon starts again; of what it had not synced, a prefix survives. */
    CRASH(20),
    /** A worker is away for long enough to be replaced. */
    ABSENCE(4),
    /** All workers end at once. */
    CRASH_ALL(3),
    /** All workers but one end, and start again at once; at times nobody reaches that one meanwhile. */
    CRASH_OTHERS(3),
    /** Messages go one way only between two workers. */
    CUT(8),
    /** A worker reaches nobody, or no controller, or no other worker. */
    ISOLATION(8),
    /** The workers fall apart into two groups. */
    SPLIT(4),
    /** Messages between two workers take long, and overtake each other. */
    SLOW_LINK(6),
    /** A worker does nothing for a while, longer than a lease at times. */
    PAUSE(8),
    /** A worker's wall clock jumps, and its monotonic clock goes at another rate from then on. */
    CLOCK(4),
    /** A worker's disk takes long for every write. */
    SLOW_DISK(5),
    /** A worker's disk is nearly full. */
    FULL_DISK(4),
    /** A worker comes back on an empty disk. */
    LOST_DISK(3),
    /** A block of a worker's log does not read back. */
    DAMAGED_LOG(3),
    /** A worker comes back on a copy of its disk that was made long ago. */
    OLD_COPY(3),
    /** A further worker joins. */
    JOIN(2),
    /** A controller ends at once and starts again. */
    CONTROLLER_CRASH(5),
    /** A controller does nothing for a while. */
    CONTROLLER_PAUSE(4),
    /** Another controller becomes active although the first is well. */
    TAKEOVER(3),
    /** Somebody changes REPLICAS and WRITE_QUORUM. */
    SETTINGS(2),
    /** A worker brings its store up to its log, and its log forgets. */
    CHECKPOINT(8),
    /** A worker compares its replicas with their leaders. */
    COMPARISON(3);

    private final int weight;

    FaultKind(int weight) {
        this.weight = weight;
    }

    /** How often it is drawn, beside the others. */
    int weight() {
        return weight;
    }

    /** Whether it meets no worker of its own. */
    boolean isOfCluster() {
        return switch (this) {
            case CONTROLLER_CRASH, CONTROLLER_PAUSE, TAKEOVER, SETTINGS, JOIN, SPLIT, CRASH_ALL -> true;
            default -> false;
        };
    }

    /** As it is written on a command line. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one that is written so. */
    public static Optional<FaultKind> named(String written) {
        return Arrays.stream(values())
                .filter(kind -> kind.written().equals(written))
                .findFirst();
    }
}
