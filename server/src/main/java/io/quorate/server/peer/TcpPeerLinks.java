package io.quorate.server.peer;

import io.netty.channel.EventLoopGroup;
import io.quorate.api.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The links of one process over TCP. */
final class TcpPeerLinks implements PeerLinks {
    private final LinkEnvironment environment;
    private final NetClient client;
    private final Dialler dialler;
    private final IncomingLinks incoming;
    private final Thread loop = Thread.currentThread();

    private Optional<NetServer> server = Optional.empty();
    private Runnable whenClosed = () -> {};
    private Optional<HostPort> listeningAt = Optional.empty();
    private Optional<Future<Void>> closed = Optional.empty();

    TcpPeerLinks(LinkEnvironment environment, NetClient client, RandomGenerator random) {
        this.environment = environment;
        this.client = client;
        this.dialler = new Dialler(environment, client, random);
        this.incoming = new IncomingLinks(environment, dialler::heardFrom);
        nextTick();
    }

    IncomingLinks incoming() {
        return incoming;
    }

    /** Something to do once nothing is listened to any more. */
    void whenClosed(Runnable last) {
        whenClosed = last;
    }

    void listens(NetServer listening, HostPort at) {
        server = Optional.of(listening);
        listeningAt = Optional.of(at);
    }

    @Override
    public void addresses(Map<String, HostPort> addresses) {
        requireLoop();
        addresses.keySet().forEach(TcpPeerLinks::requireId);
        if (closed.isEmpty()) {
            dialler.addresses(addresses);
        }
    }

    @Override
    public boolean request(String peerId, Bytes payload) {
        requireLoop();
        requireSize(payload);
        return dialler.request(peerId, payload);
    }

    @Override
    public boolean reply(String peerId, Bytes payload) {
        requireLoop();
        requireSize(payload);
        return incoming.reply(peerId, payload);
    }

    @Override
    public boolean writable(String peerId) {
        requireLoop();
        return dialler.writable(peerId);
    }

    @Override
    public boolean answerable(String peerId) {
        requireLoop();
        return incoming.answerable(peerId);
    }

    @Override
    public Map<String, LinkStats> stats() {
        requireLoop();
        return environment.counters().stats(id -> dialler.queuedBytes(id) + incoming.queuedBytes(id));
    }

    @Override
    public Optional<HostPort> listeningAt() {
        return listeningAt;
    }

    @Override
    public Future<Void> close() {
        requireLoop();
        if (closed.isEmpty()) {
            List<Future<Void>> connections = new ArrayList<>(dialler.finish());
            connections.addAll(incoming.finish());
            closed = Optional.of(environment.here(Future.join(connections)
                    .transform(_ -> server.map(this::freed).orElse(Future.succeededFuture()))
                    .transform(_ -> client.close())
                    .onComplete(_ -> whenClosed.run())
                    .otherwiseEmpty()));
        }
        return closed.get();
    }

    /** Closes the server; completed when its port can be listened on again. */
    private Future<Void> freed(NetServer listening) {
        // The JDK frees the port when the accepting loop looks for events the next time, which is after the server
        // says that it is closed and before the loop turns to a task of a later time.
        EventLoopGroup accepting = ((VertxInternal) environment.vertx()).acceptorEventLoopGroup();
        Promise<Void> freed = Promise.promise();
        listening.close().onComplete(_ -> {
            ScheduledFuture<?> _ = accepting.schedule(() -> freed.complete(), 1, TimeUnit.MILLISECONDS);
        });
        return freed.future();
    }

    private void nextTick() {
        environment.vertx().setTimer(environment.settings().tickMillis(), _ -> tick());
    }

    private void tick() {
        if (closed.isEmpty()) {
            // One timer after the other: a process that was stopped must not count the time it missed in one go.
            nextTick();
            environment.lines().tick();
            dialler.tick();
            incoming.tick();
        }
    }

    private void requireLoop() {
        if (!Thread.currentThread().equals(loop)) {
            throw new IllegalStateException("Peer links belong to the event loop that opened them, " + loop.getName()
                    + "; this call came from " + Thread.currentThread().getName());
        }
    }

    private static void requireSize(Bytes payload) {
        if (payload.length() > PeerLimits.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("A payload of " + payload.length() + " bytes is above the limit of "
                    + PeerLimits.MAX_FRAME_BYTES + " bytes for one message between peers");
        }
    }

    private static void requireId(String peerId) {
        if (!PeerIdentity.isValidId(peerId)) {
            throw new IllegalArgumentException("This address belongs to no valid process id");
        }
    }
}
