package io.quorate.core.controller;

import io.quorate.api.Limits;
import io.quorate.api.Partitioning;
import io.quorate.core.controller.state.ClusterSettings;
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

    public ControllerSettings {
        problem(partitions, replicas, writeQuorum).ifPresent(line -> {
            throw new IllegalArgumentException(line);
        });
    }

    /** Why a cluster cannot be created with these values, in one line; empty when it can. */
    public static Optional<String> problem(
            Optional<Integer> partitions, Optional<Integer> replicas, Optional<Integer> writeQuorum) {
        int p = partitions.orElse(DEFAULT_PARTITIONS);
        int n = replicas.orElse(DEFAULT_REPLICAS);
        int w = writeQuorum.orElse(1);
        if (!Partitioning.isValid(p)) {
            return Optional.of("PARTITIONS must be a power of two from 1 to " + Limits.MAX_PARTITIONS + ", not " + p);
        }
        if (n < 1 || n > Limits.MAX_REPLICAS) {
            return Optional.of("REPLICAS must be 1 to " + Limits.MAX_REPLICAS + ", not " + n);
        }
        return ClusterSettings.isValid(n, w)
                ? Optional.empty()
                : Optional.of("WRITE_QUORUM must be 1 to REPLICAS, which is " + n + ", not " + w);
    }

    /** What was given and is not what the cluster keeps, in one line that says what to do; empty when all agrees. */
    Optional<String> contradiction(ClusterSettings kept) {
        return contradiction("PARTITIONS", partitions, kept.partitions(), "it cannot be changed")
                .or(() -> contradiction(
                        "REPLICAS",
                        replicas,
                        kept.replicas(),
                        "change it with \"quorate config set replicas " + replicas.orElse(0) + "\""))
                .or(() -> kept.writeQuorum()
                        .flatMap(quorum -> contradiction(
                                "WRITE_QUORUM",
                                writeQuorum,
                                quorum,
                                "change it with \"quorate config set write-quorum " + writeQuorum.orElse(0) + "\"")));
    }

    private static Optional<String> contradiction(String name, Optional<Integer> given, int kept, String change) {
        return given.filter(value -> value != kept)
                .map(value -> name + " is " + value + " here, but the cluster keeps " + name + " " + kept
                        + ": leave it out, or " + change);
    }

    /** A controller that was given nothing but its id. */
    public static ControllerSettings defaults(String id) {
        return new ControllerSettings(
                id, Optional.empty(), Optional.empty(), Optional.empty(), 0, 200, 6_000, 2_000, 2);
    }
}
