package io.quorate.server.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a controller is started with.
 *
 * @param id its id, for example {@code c1}; one of those of {@code group}
 * @param dataDir its data folder
 * @param host the address that it binds to
 * @param httpPort for clients and heartbeats; 0 takes a free one
 * @param group all controllers of the cluster, this one included: 1, 3 or 5
 * @param expectedWorkers how many workers the first configurations wait for; 0 when that is not known
 * @param partitions PARTITIONS of a new cluster, empty for the default
 * @param replicas REPLICAS of a new cluster, empty for the default
 * @param writeQuorum WRITE_QUORUM of a new cluster, empty to take the first worker's or the default
 * @param heartbeatIntervalMillis how often workers are expected to be heard
 * @param heartbeatTimeoutMillis a worker not heard for so long is down
 * @param checkIntervalMillis how often the watcher runs
 * @param requestTimeoutMillis how long a request that is passed on may take
 * @param allowedHosts names under which clients may address it
 */
public record ControllerOptions(
        String id,
        Path dataDir,
        String host,
        int httpPort,
        List<Peer> group,
        int expectedWorkers,
        Optional<Integer> partitions,
        Optional<Integer> replicas,
        Optional<Integer> writeQuorum,
        long heartbeatIntervalMillis,
        long heartbeatTimeoutMillis,
        long checkIntervalMillis,
        long requestTimeoutMillis,
        Set<String> allowedHosts) {
    public ControllerOptions {
        group = List.copyOf(group);
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /**
     * One controller of the group.
     *
     * @param id its id
     * @param http its HTTP address as workers and clients reach it
     * @param peerHost the host of its peer port as the other controllers reach it
     * @param peerPort its peer port
     */
    public record Peer(String id, String http, String peerHost, int peerPort) {}
}
