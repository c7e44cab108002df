package io.quorate.core.controller;

/** The bounds and paces of the controller's decisions. */
public final class ControllerLimits {
    /** How often {@link ControllerInput.Tick} comes, in milliseconds. */
    public static final long TICK_MILLIS = 100;

    /** The most workers that a cluster registers. */
    public static final int MAX_WORKERS = 1_000;

    /** The most orders of one message. */
    public static final int MAX_ORDERS_OF_MESSAGE = 16_384;

    /** The most heartbeats and settings that wait for a decision. */
    public static final int MAX_WAITING = 1_024;

    /** phi from which a worker is suspected: it is wrong once in 10^8 heartbeats. */
    static final double SUSPICION_PHI = 8;

    /** A worker whose clock differs by more is made leader only when nobody else can be. */
    static final long MAX_CLOCK_SKEW_MILLIS = 1_000;

    /** Refused connections do not count against a process before it has been registered for so long. */
    static final long START_MILLIS = 1_000;

    /** The longest pause that a heartbeat can announce. */
    static final long MAX_QUIET_MILLIS = 2_000;

    /** Leaderships are moved away from a worker on suspicion at most once in this time. */
    static final long SUSPICION_PAUSE_MILLIS = 10_000;

    /** What is moved away within this time after the first counts as the same once. */
    static final long SUSPICION_BATCH_MILLIS = 2_000;

    /** First configurations with fewer workers than REPLICAS are made when none has joined for so long. */
    static final long JOIN_QUIET_MILLIS = 3_000;

    /** Orders that have no effect are repeated after this time, twice it, four times it … */
    static final long FIRST_REPEAT_MILLIS = 200;

    /** … and at last every time after this. */
    static final long LAST_REPEAT_MILLIS = 2_000;

    /** A complete fence waits so long for the preferred primary. */
    static final long PREFERENCE_MILLIS = 100;

    /** A fence leaves a leader that is to be replaced out of account for so long. */
    static final long AVOIDANCE_MILLIS = 1_000;

    /** A complete fence without a possible leader waits so long for further answers. */
    static final long HOLDER_MILLIS = 500;

    /** An elected leader that runs and does not lead for so long is given up. */
    static final long LEAD_PATIENCE_MILLIS = 5_000;

    /** One partition's term is raised for its own good, not for a loss, at most once in this time. */
    static final long TERM_PAUSE_MILLIS = 2_000;

    /** Leadership returns to a worker, and replicas move to it, after it has been up for so long. */
    static final long STEADY_MILLIS = 5_000;

    /** Leadership of one partition returns to its preferred primary at most once in this time. */
    static final long RETURN_PAUSE_MILLIS = 10_000;

    /** A move whose learner makes no progress for so long is given up. */
    static final long MOVE_PATIENCE_MILLIS = 60_000;

    /** Partitions that are repaired at a time; beyond MOVES_AT_ONCE because a second loss must not meet them. */
    static final int REPAIRS_AT_ONCE = 32;

    /** So many doubtful heartbeats in a row are an old copy of a disk, not late messages. */
    static final int DOUBTFUL_HEARTBEATS = 3;

    /** Doubtful processes remembered. */
    static final int MAX_DOUBTS = 256;

    /** Another disk with the same id and address is taken once the first was silent for so long. */
    static final long SAME_ADDRESS_SILENCE_MILLIS = 1_000;

    /** A replica that is at most so many entries behind its leader is healthy. */
    static final long HEALTHY_LAG = 1_000;

    /** Virtual nodes of a worker on the placement ring. */
    static final int VIRTUAL_NODES = 128;

    /** The map is sent at most once in this time, and in one more millisecond for so many partitions. */
    static final long MAP_PAUSE_MILLIS = 5;

    static final int PARTITIONS_PER_MAP_MILLI = 64;

    /** A worker that was sent a map gets it again, if it does not have it, after this time. */
    static final long MAP_REPEAT_MILLIS = 1_000;

    private ControllerLimits() {}
}
