package io.quorate.core.controller;

import java.util.Optional;

/**
 * What a controller was started with.
 *
 * @param id the controller's id, for people
 * @param partitions PARTITIONS, if it was given
 * @param replicas REPLICAS, if it was given
 * @param writeQuorum WRITE_QUORUM, if it was given
 * @param expectedWorkers how many workers WORKERS names; 0 when it does not say
 * @param heartbeatIntervalMillis HEARTBEAT_INTERVAL
 * @param heartbeatTimeoutMillis HEARTBEAT_TIMEOUT
 * @param checkIntervalMillis CHECK_INTERVAL
 * @param movesAtOnce MOVES_AT_ONCE
 */
public record ControllerSettings(
        String id,
        Optional<Integer> partitions,
        Optional<Integer> replicas,
        Optional<Integer> writeQuorum,
        int expectedWorkers,
        long heartbeatIntervalMillis,
        long heartbeatTimeoutMillis,
        long checkIntervalMillis,
        int movesAtOnce) {
    /** PARTITIONS of a new cluster when nobody says it. */
    public static final int DEFAULT_PARTITIONS = 64;

    /** REPLICAS of a new cluster when nobody says it. */
    public static final int DEFAULT_REPLICAS = 3;

    /** A controller that was given nothing but its id. */
    public static ControllerSettings defaults(String id) {
        return new ControllerSettings(
                id, Optional.empty(), Optional.empty(), Optional.empty(), 0, 200, 6_000, 2_000, 2);
    }
}
