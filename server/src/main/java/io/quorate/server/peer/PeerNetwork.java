package io.quorate.server.peer;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** The port through which a process gets its links to its peers. */
public interface PeerNetwork {
    /**
     * Opens the links of a process and binds them to the event loop that calls.
     *
     * @param listen where to accept peers; empty for a process that only dials
     * @param self who this process is, asked at every handshake, since its cluster can be learnt later
     * @param events told what arrives and how the links stand
     * @return completed on that event loop; fails when it cannot listen there, with a message for the operator
     * @throws IllegalStateException when called off an event loop
     */
    Future<PeerLinks> open(Optional<HostPort> listen, Supplier<PeerIdentity> self, PeerEvents events);
}
