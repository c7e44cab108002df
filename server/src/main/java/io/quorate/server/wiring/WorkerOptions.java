package io.quorate.server.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a worker is started with.
 *
 * @param id its id; empty to take the one on disk, or a generated one
 * @param dataDir its data folder
 * @param controllers HTTP addresses of the controllers, at least one
 * @param host the address that it binds to
 * @param httpPort for clients; 0 takes a free one
 * @param peerPort for other processes; 0 takes a free one
 * @param redisPort for Redis clients; 0 takes a free one, empty for none
 * @param strictMultikey whether a Redis command over keys of several partitions is refused
 * @param advertisedHttp the address that clients are told; empty for the bound one
 * @param advertisedPeer host and port that other processes are told; empty for the bound ones
 * @param zone placement keeps replicas in different zones; may be empty
 * @param writeQuorum WRITE_QUORUM as the seed sets it on workers
 * @param storage how committed state is kept
 * @param requestTimeoutMillis how long a client's request may take
 * @param heartbeatIntervalMillis between two heartbeats
 * @param memoryBytes for memory tables and read caches
 * @param logMaxBytes the shared log is brought down when it is larger
 * @param diskReserveBytes client writes that grow are refused when less is free
 * @param maxValueBytes the longest value
 * @param allowedHosts names under which clients may address it
 */
public record WorkerOptions(
        Optional<String> id,
        Path dataDir,
        List<String> controllers,
        String host,
        int httpPort,
        int peerPort,
        OptionalInt redisPort,
        boolean strictMultikey,
        Optional<String> advertisedHttp,
        Optional<String> advertisedPeer,
        String zone,
        Optional<Integer> writeQuorum,
        StorageKind storage,
        long requestTimeoutMillis,
        long heartbeatIntervalMillis,
        long memoryBytes,
        long logMaxBytes,
        long diskReserveBytes,
        int maxValueBytes,
        Set<String> allowedHosts) {
    public WorkerOptions {
        controllers = List.copyOf(controllers);
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
