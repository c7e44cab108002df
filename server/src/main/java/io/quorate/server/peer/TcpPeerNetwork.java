package io.quorate.server.peer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Links between processes over TCP.
 *
 * <p>Two processes within one {@code Vertx} must not be given the same port: it would be shared between them instead of
 * being refused to the second.
 */
public final class TcpPeerNetwork implements PeerNetwork {
    private final Vertx vertx;
    private final PeerSettings settings;
    private final RandomGenerator random;

    /** A network on the given event loops; {@code random} spreads attempts to reconnect and needs no secrecy. */
    public TcpPeerNetwork(Vertx vertx, PeerSettings settings, RandomGenerator random) {
        this.vertx = vertx;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public Future<PeerLinks> open(Optional<HostPort> listen, Supplier<PeerIdentity> self, PeerEvents events) {
        if (!Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Peer links are opened on the event loop to which they shall belong");
        }
        LinkEnvironment environment = new LinkEnvironment(
                vertx, vertx.getOrCreateContext(), settings, self, events, new PeerCounters(), new SaidLines());
        TcpPeerLinks links = new TcpPeerLinks(environment, vertx.createNetClient(clientOptions()), random);
        return listen.map(address -> listen(links, address)).orElse(Future.succeededFuture(links));
    }

    private Future<PeerLinks> listen(TcpPeerLinks links, HostPort address) {
        NetServer server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
        server.connectHandler(links.incoming()::accept);
        return server.listen(address.port(), address.host())
                .<PeerLinks>map(listening -> {
                    links.listens(listening, new HostPort(address.host(), listening.actualPort()));
                    return links;
                })
                .recover(failure -> links.close().transform(_ -> Future.failedFuture(cannot(address, failure))));
    }

    private static IOException cannot(HostPort address, Throwable failure) {
        return new IOException(
                "Cannot listen for peers on " + address + ": " + failure.getMessage()
                        + ". Stop the process that has this port, or choose another one",
                failure);
    }

    private NetClientOptions clientOptions() {
        return new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout(settings.connectTimeoutMillis())
                .setReconnectAttempts(0);
    }
}
