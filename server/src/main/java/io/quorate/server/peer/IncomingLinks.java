package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.quorate.server.peer.Greeting.Hello;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The connections that peers dialled to this process, at most one established for each peer. */
final class IncomingLinks {
    private final LinkEnvironment environment;
    private final Consumer<PeerIdentity> heardFrom;
    private final Set<IncomingLink> links = new LinkedHashSet<>();
    private final Map<String, IncomingLink> byPeer = new HashMap<>();
    private boolean closing;

    /** The links of a process; {@code heardFrom} is told of every peer that has dialled. */
    IncomingLinks(LinkEnvironment environment, Consumer<PeerIdentity> heardFrom) {
        this.environment = environment;
        this.heardFrom = heardFrom;
    }

    void accept(NetSocket socket) {
        if (closing || links.size() >= PeerLimits.MAX_ACCEPTED_CONNECTIONS) {
            socket.close();
            return;
        }
        links.add(new IncomingLink(environment, this, socket));
    }

    /** What a peer that greets is told. */
    Greeting answer(Hello hello) {
        Optional<PeerIdentity> present =
                Optional.ofNullable(byPeer.get(hello.self().id())).flatMap(IncomingLink::peer);
        return HandshakeRules.answer(
                hello, environment.self().get(), environment.settings().versions(), present);
    }

    /** The link is the one to this peer from now on; one before it is closed. */
    void established(IncomingLink link, PeerIdentity peer) {
        IncomingLink before = byPeer.put(peer.id(), link);
        if (before != null) {
            before.close("the peer has dialled a newer connection");
        }
        heardFrom.accept(peer);
    }

    void lost(IncomingLink link) {
        links.remove(link);
        link.peer().ifPresent(peer -> byPeer.remove(peer.id(), link));
    }

    boolean reply(String peerId, Bytes payload) {
        IncomingLink link = byPeer.get(peerId);
        return link != null && link.send(peerId, payload);
    }

    boolean answerable(String peerId) {
        IncomingLink link = byPeer.get(peerId);
        return link != null && link.queuedBytes() < PeerLimits.WRITABLE_BELOW_BYTES;
    }

    long queuedBytes(String peerId) {
        IncomingLink link = byPeer.get(peerId);
        return link == null ? 0 : link.queuedBytes();
    }

    void tick() {
        // A copy: a link that is silent removes itself.
        List.copyOf(links).forEach(IncomingLink::tick);
    }

    List<Future<Void>> finish() {
        closing = true;
        List<Future<Void>> finished = new ArrayList<>();
        List.copyOf(links).forEach(link -> finished.add(link.finish()));
        return finished;
    }
}
