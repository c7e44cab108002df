package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that a peer dialled to this process. */
final class IncomingLink implements Connection.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLink.class);

    private final LinkEnvironment environment;
    private final IncomingLinks all;
    private final FrameQueue queue = new FrameQueue();
    private final Connection connection;
    private Optional<PeerIdentity> peer = Optional.empty();
    private boolean closing;

    IncomingLink(LinkEnvironment environment, IncomingLinks all, NetSocket socket) {
        this.environment = environment;
        this.all = all;
        this.connection = new Connection(environment, socket, queue, this);
    }

    /** Who dialled, once the handshake has said so. */
    Optional<PeerIdentity> peer() {
        return peer;
    }

    long queuedBytes() {
        return queue.queuedBytes();
    }

    boolean send(String peerId, Bytes payload) {
        boolean queued = queue.offer(new Frame(FrameKind.REPLY, payload), PeerLimits.MAX_QUEUED_BYTES);
        environment.counters().of(peerId).framesDropped += queued ? 0 : 1;
        connection.wake();
        return queued;
    }

    void tick() {
        connection.tick();
    }

    void close(String reason) {
        connection.close(reason);
    }

    Future<Void> finish() {
        closing = true;
        return connection.finish();
    }

    @Override
    public void arrived(Frame frame) {
        if (closing) {
            return;
        }
        if (peer.isEmpty()) {
            greeted(frame);
        } else if (frame.kind() == FrameKind.REQUEST) {
            environment.events().received(peer.get(), false, frame.payload());
        } else {
            connection.close("it sent a " + frame.kind() + " where only requests belong");
        }
    }

    private void greeted(Frame frame) {
        if (!(HandshakeCodec.decode(frame).orElse(null) instanceof Hello hello)) {
            connection.close("it did not begin with a greeting of this protocol");
            return;
        }
        switch (all.answer(hello)) {
            case Welcome welcome -> welcome(hello.self(), welcome);
            case Refusal refusal -> {
                connection.greet(refusal);
                connection.closeAfterGreeting(refusal.reason() + ", " + refusal.detail());
            }
            case Hello _ -> throw new IllegalStateException("A greeting is never the answer to one");
        }
    }

    private void welcome(PeerIdentity dialler, Welcome welcome) {
        peer = Optional.of(dialler);
        all.established(this, dialler);
        connection.greet(welcome);
        connection.establish(welcome.version(), environment.counters().of(dialler.id()));
        LOG.debug("Peer {} linked from {}, incarnation {}", dialler.id(), connection.remote(), dialler.incarnation());
    }

    @Override
    public void lost(String reason) {
        all.lost(this);
        String who = peer.map(identity -> "peer " + identity.id()).orElse("a process");
        if (closing) {
            return;
        }
        if (environment.lines().isNew("from " + who + " " + reason)) {
            LOG.info("Closed the connection of {} from {}: {}", who, connection.remote(), reason);
        }
    }
}
