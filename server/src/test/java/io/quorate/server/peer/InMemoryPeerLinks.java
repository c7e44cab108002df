package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The links of one process in memory. */
final class InMemoryPeerLinks implements PeerLinks {
    /** What the one who accepted keeps of a connection. */
    private record Accepted(PeerIdentity dialler, InMemoryLink link) {}

    final InMemoryPeerNetwork network;
    final Supplier<PeerIdentity> self;
    final PeerEvents events;
    final PeerCounters counters = new PeerCounters();

    private final Optional<HostPort> address;
    private final Thread loop = Thread.currentThread();
    private final Map<String, InMemoryLink> links = new HashMap<>();
    private final Map<String, Accepted> accepted = new HashMap<>();
    private boolean closed;

    InMemoryPeerLinks(
            InMemoryPeerNetwork network, Optional<HostPort> address, Supplier<PeerIdentity> self, PeerEvents events) {
        this.network = network;
        this.address = address;
        this.self = self;
        this.events = events;
    }

    @Override
    public void addresses(Map<String, HostPort> addresses) {
        requireLoop();
        for (String peerId : List.copyOf(links.keySet())) {
            if (!addresses.containsKey(peerId)) {
                drop(peerId);
            }
        }
        addresses.forEach((peerId, to) -> {
            InMemoryLink present = links.get(peerId);
            if (!closed && !peerId.equals(self.get().id()) && (present == null || !present.address.equals(to))) {
                drop(peerId);
                links.put(peerId, new InMemoryLink(this, peerId, to));
            }
        });
    }

    private void drop(String peerId) {
        InMemoryLink link = links.remove(peerId);
        if (link != null) {
            link.drop();
        }
    }

    /** A dialler greets; when it is welcomed its link is the one to it from now on. */
    Greeting greeted(Hello hello, InMemoryLink link) {
        String peerId = hello.self().id();
        Optional<Accepted> present = Optional.ofNullable(accepted.get(peerId));
        Greeting answer =
                HandshakeRules.answer(hello, self.get(), ProtocolVersions.CURRENT, present.map(Accepted::dialler));
        switch (answer) {
            case Welcome _ -> {
                accepted.put(peerId, new Accepted(hello.self(), link));
                present.ifPresent(before -> before.link().lost("the peer has dialled a newer connection"));
            }
            case Refusal _, Hello _ -> {}
        }
        return answer;
    }

    void hungUp(InMemoryLink link) {
        accepted.values().removeIf(entry -> entry.link().equals(link));
    }

    @Override
    public boolean request(String peerId, Bytes payload) {
        requireSendable(payload);
        InMemoryLink link = links.get(peerId);
        return link != null && !closed && link.request(payload);
    }

    @Override
    public boolean reply(String peerId, Bytes payload) {
        requireSendable(payload);
        Accepted to = accepted.get(peerId);
        if (to == null || closed) {
            return false;
        }
        to.link().reply(self.get(), payload);
        return true;
    }

    @Override
    public boolean writable(String peerId) {
        requireLoop();
        InMemoryLink link = links.get(peerId);
        return link != null && link.isUp();
    }

    @Override
    public boolean answerable(String peerId) {
        return writable(peerId);
    }

    @Override
    public Map<String, LinkStats> stats() {
        requireLoop();
        return counters.stats(_ -> 0);
    }

    @Override
    public Optional<HostPort> listeningAt() {
        return address;
    }

    @Override
    public Future<Void> close() {
        requireLoop();
        if (!closed) {
            closed = true;
            address.ifPresent(network::gone);
            links.values().forEach(InMemoryLink::finish);
            List.copyOf(accepted.values()).forEach(entry -> entry.link().lost("the peer closed the connection"));
            accepted.clear();
        }
        return Future.succeededFuture();
    }

    boolean isClosed() {
        return closed;
    }

    private void requireSendable(Bytes payload) {
        requireLoop();
        if (payload.length() > PeerLimits.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("The payload is above the limit");
        }
    }

    private void requireLoop() {
        if (!Thread.currentThread().equals(loop)) {
            throw new IllegalStateException("In-memory links belong to the event loop that opened them");
        }
    }
}
