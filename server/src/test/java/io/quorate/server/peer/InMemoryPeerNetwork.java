package io.quorate.server.peer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Links between processes of one test, without sockets; all of them live on one event loop. */
final class InMemoryPeerNetwork implements PeerNetwork {
    static final int FIRST_FREE_PORT = 20_000;
    static final long RETRY_MILLIS = 5;

    private final Vertx vertx;
    private final Map<HostPort, InMemoryPeerLinks> listening = new HashMap<>();
    private int nextPort = FIRST_FREE_PORT;

    InMemoryPeerNetwork(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Future<PeerLinks> open(Optional<HostPort> listen, Supplier<PeerIdentity> self, PeerEvents events) {
        if (!Context.isOnEventLoopThread()) {
            throw new IllegalStateException("In-memory links are opened on the event loop to which they shall belong");
        }
        Optional<HostPort> address =
                listen.map(wanted -> wanted.port() == 0 ? new HostPort(wanted.host(), nextPort++) : wanted);
        InMemoryPeerLinks links = new InMemoryPeerLinks(this, address, self, events);
        if (address.isPresent() && listening.putIfAbsent(address.get(), links) != null) {
            return Future.failedFuture(new IOException("Cannot listen for peers on " + address.get()));
        }
        return Future.succeededFuture(links);
    }

    Optional<InMemoryPeerLinks> listenerAt(HostPort address) {
        return Optional.ofNullable(listening.get(address));
    }

    void gone(HostPort address) {
        listening.remove(address);
    }

    void soon(Runnable work) {
        vertx.getOrCreateContext().runOnContext(_ -> work.run());
    }

    void later(Runnable work) {
        vertx.setTimer(RETRY_MILLIS, _ -> work.run());
    }
}
