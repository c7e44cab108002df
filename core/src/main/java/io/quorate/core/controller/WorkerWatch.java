package io.quorate.core.controller;

import io.quorate.core.cluster.Now;
import io.quorate.core.message.Heartbeat;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an active controller has heard of one worker; none of it outlives the controller's activity. */
final class WorkerWatch {
    /** What the controller thinks of a worker. */
    enum Condition {
        /** It was never heard since this controller became active; it gets the benefit of the doubt. */
        UNHEARD,
        /** Heartbeats arrive. */
        UP,
        /** It is probably gone. */
        SUSPECTED,
        /** It was silent for HEARTBEAT_TIMEOUT. */
        DOWN
    }

    final String id;
    final PhiAccrualDetector detector;
    Condition condition = Condition.UNHEARD;
    ControllerInput.LinkChanged.Link link = ControllerInput.LinkChanged.Link.DISCONNECTED;

    /** Since when it is silent, not counting the time in which this controller did not run itself. */
    long silentSinceNanos;

    /** The pause that its last heartbeat announced: silence counts from its end. */
    private long quietNanos;

    /** Since when it is up without a break. */
    long upSinceNanos;

    /** Since when its present process is registered, if that was while this controller was active. */
    Optional<Long> registeredNanos = Optional.empty();

    /** Which incarnation {@link #sequence} counts the heartbeats of; 0 when none was heard. */
    long incarnation;

    long sequence;
    boolean draining;
    long skewMillis;

    /** Whom it cannot reach. */
    SortedSet<String> unreachable = new TreeSet<>();

    /** The partitions that it leads without reaching a quorum. */
    BitSet stalled = new BitSet();

    /** The partitions of which it reported a replica. */
    final BitSet held = new BitSet();

    /** Whether a partition that it did not report is not held. */
    boolean fullReport;

    final SuspicionBudget budget = new SuspicionBudget();
    long mapVersion;
    long mapSentVersion;
    long mapSentNanos;

    WorkerWatch(String id, long heartbeatIntervalMillis, Now now) {
        this.id = id;
        this.detector = new PhiAccrualDetector(heartbeatIntervalMillis, now.monotonicNanos());
        this.silentSinceNanos = now.monotonicNanos();
        this.upSinceNanos = now.monotonicNanos();
    }

    void heard(Heartbeat heartbeat, Now now) {
        if (condition != Condition.UP) {
            upSinceNanos = now.monotonicNanos();
            detector.reset(now.monotonicNanos());
        } else {
            detector.heard(now.monotonicNanos());
        }
        silentSinceNanos = now.monotonicNanos();
        quietNanos = Now.NANOS_PER_MILLI * Math.clamp(heartbeat.quietMillis(), 0, ControllerLimits.MAX_QUIET_MILLIS);
        detector.quiet(quietNanos);
        incarnation = heartbeat.incarnation();
        sequence = heartbeat.sequence();
        draining = heartbeat.draining();
        skewMillis = heartbeat.wallMillis() - now.wallMillis();
        mapVersion = heartbeat.mapVersion();
    }

    /** Its process was started anew, perhaps on another disk: what was known of the one before is void. */
    void restarted(Now now) {
        registeredNanos = Optional.of(now.monotonicNanos());
        incarnation = 0;
        sequence = 0;
        draining = false;
        unreachable.clear();
        stalled.clear();
        held.clear();
        fullReport = false;
        budget.reset();
        mapSentVersion = 0;
        quietNanos = 0;
        upSinceNanos = now.monotonicNanos();
        detector.reset(now.monotonicNanos());
    }

    /** Whether it has been silent for so long, not counting the pause that it announced. */
    boolean silentFor(long millis, Now now) {
        return Elapsed.since(silentSinceNanos + quietNanos, millis, now);
    }

    /** Whether refusals may still be of the process before. */
    boolean justStarted(Now now) {
        return registeredNanos
                .filter(then -> !Elapsed.since(then, ControllerLimits.START_MILLIS, now))
                .isPresent();
    }

    boolean up() {
        return condition == Condition.UP;
    }

    boolean down() {
        return condition == Condition.DOWN;
    }

    boolean skewed() {
        return Math.abs(skewMillis) > ControllerLimits.MAX_CLOCK_SKEW_MILLIS;
    }

    /** Whether it should carry more than it does. */
    boolean good() {
        return up() && !draining && !skewed();
    }

    boolean steady(Now now) {
        return good() && Elapsed.since(upSinceNanos, ControllerLimits.STEADY_MILLIS, now);
    }

    boolean wantsMap(long version, Now now) {
        boolean onItsWay =
                mapSentVersion >= version && !Elapsed.since(mapSentNanos, ControllerLimits.MAP_REPEAT_MILLIS, now);
        return mapVersion < version && !onItsWay;
    }

    void mapSent(long version, Now now) {
        mapSentVersion = version;
        mapSentNanos = now.monotonicNanos();
    }
}
