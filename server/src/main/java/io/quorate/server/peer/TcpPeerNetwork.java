package io.quorate.server.peer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.shareddata.LocalMap;
import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Links between processes over TCP. */
public final class TcpPeerNetwork implements PeerNetwork {
    /** The addresses that processes within this {@code Vertx} listen on: it would share a port instead of refusing it. */
    private static final String LISTENING = "quorate.peer.listening";

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
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        if (!context.isEventLoopContext() || !context.nettyEventLoop().inEventLoop()) {
            throw new IllegalStateException("Peer links are opened on the event loop to which they shall belong");
        }
        LinkEnvironment environment =
                new LinkEnvironment(vertx, context, settings, self, events, new PeerCounters(), new SaidLines());
        TcpPeerLinks links = new TcpPeerLinks(environment, vertx.createNetClient(clientOptions()), random);
        return listen.map(address -> listen(environment, links, address)).orElse(Future.succeededFuture(links));
    }

    private Future<PeerLinks> listen(LinkEnvironment environment, TcpPeerLinks links, HostPort address) {
        if (address.port() != 0) {
            LocalMap<String, Boolean> listening = vertx.sharedData().getLocalMap(LISTENING);
            if (listening.putIfAbsent(address.toString(), true) != null) {
                return notListening(links, address, new BindException("Address already in use"));
            }
            links.whenClosed(() -> listening.remove(address.toString()));
        }
        NetServer server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
        server.connectHandler(links.incoming()::accept);
        return environment
                .here(server.listen(address.port(), address.host()))
                .<PeerLinks>map(listening -> {
                    links.listens(listening, new HostPort(address.host(), listening.actualPort()));
                    return links;
                })
                .recover(failure -> notListening(links, address, failure));
    }

    private static Future<PeerLinks> notListening(TcpPeerLinks links, HostPort address, Throwable failure) {
        IOException said = new IOException(
                "Cannot listen for peers on " + address + ": " + failure.getMessage()
                        + ". Stop the process that has this port, or choose another one",
                failure);
        return links.close().transform(_ -> Future.failedFuture(said));
    }

    private NetClientOptions clientOptions() {
        return new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout(settings.connectTimeoutMillis())
                .setReconnectAttempts(0);
    }
}
