package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Looks whether the ports of a cluster are free before anything of it is started. */
final class PortCheck {
    private PortCheck() {}

    /** Refused with one line that names the first port that is taken. */
    static void check(String host, List<PartPlan> parts) throws CommandRefusedException {
        for (PartPlan part : parts) {
            check(host, part.httpPort(), "for clients of " + part.id());
            check(host, part.peerPort(), "for the peers of " + part.id());
            if (part.redisPort().isPresent()) {
                check(host, part.redisPort().getAsInt(), "for Redis clients of " + part.id());
            }
        }
    }

    private static void check(String host, int port, String use) throws CommandRefusedException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new CommandRefusedException("Port " + port + " of " + host + " (" + use + ") cannot be bound ("
                    + e.getMessage() + "): stop the process that has it, or choose other ports with --port.");
        }
    }
}
