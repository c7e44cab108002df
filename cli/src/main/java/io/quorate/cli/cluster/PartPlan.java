package io.quorate.cli.cluster;

import io.quorate.server.config.Role;

/**
 * One part of a cluster and its ports.
 *
 * @param id {@code c1} … or {@code w1} …
 * @param role controller or worker
 * @param httpPort for clients
 * @param peerPort for other parts
 */
public record PartPlan(String id, Role role, int httpPort, int peerPort) {
    /** Whether it is a worker. */
    public boolean isWorker() {
        return role == Role.WORKER;
    }
}
