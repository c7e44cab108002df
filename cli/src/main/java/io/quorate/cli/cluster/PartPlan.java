package io.quorate.cli.cluster;

import io.quorate.server.config.Role;
import java.util.OptionalInt;

/**
 * One part of a cluster and its ports.
 *
 * @param id {@code c1} … or {@code w1} …
 * @param role controller or worker
 * @param httpPort for clients
 * @param peerPort for other parts
 * @param redisPort for Redis clients; empty for none
 */
public record PartPlan(String id, Role role, int httpPort, int peerPort, OptionalInt redisPort) {
    /** Without a port for Redis clients. */
    public PartPlan(String id, Role role, int httpPort, int peerPort) {
        this(id, role, httpPort, peerPort, OptionalInt.empty());
    }

    /** Whether it is a worker. */
    public boolean isWorker() {
        return role == Role.WORKER;
    }
}
