package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import java.util.ArrayDeque;
import java.util.Optional;

/** What one process dials to another in memory. */
final class InMemoryLink {
    /** One connection: deliveries that are under way when it ends are lost. */
    private static final class Pipe {
        private final InMemoryPeerLinks acceptor;
        private final PeerIdentity dialler;
        private boolean open = true;

        Pipe(InMemoryPeerLinks acceptor, PeerIdentity dialler) {
            this.acceptor = acceptor;
            this.dialler = dialler;
        }
    }

    final HostPort address;
    private final InMemoryPeerLinks owner;
    private final String peerId;
    private final ArrayDeque<Bytes> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private Optional<Pipe> pipe = Optional.empty();
    private boolean dropped;

    InMemoryLink(InMemoryPeerLinks owner, String peerId, HostPort address) {
        this.owner = owner;
        this.peerId = peerId;
        this.address = address;
        owner.network.soon(this::dial);
    }

    boolean isUp() {
        return pipe.isPresent();
    }

    boolean request(Bytes payload) {
        if (pipe.isPresent()) {
            deliver(pipe.get(), payload);
            return true;
        }
        long after = waitingBytes + payload.length() + FrameCodec.HEADER_BYTES + PeerLimits.QUEUED_FRAME_OVERHEAD_BYTES;
        if (after > PeerLimits.MAX_QUEUED_WHILE_DOWN_BYTES) {
            owner.counters.of(peerId).framesDropped++;
            return false;
        }
        waitingBytes = after;
        return waiting.add(payload);
    }

    private void deliver(Pipe through, Bytes payload) {
        owner.network.soon(() -> {
            if (through.open && !through.acceptor.isClosed()) {
                through.acceptor.events.received(through.dialler, false, payload);
            }
        });
    }

    void reply(PeerIdentity from, Bytes payload) {
        Pipe through = pipe.orElseThrow();
        owner.network.soon(() -> {
            if (through.open && !owner.isClosed()) {
                owner.events.received(from, true, payload);
            }
        });
    }

    private void dial() {
        if (dropped || owner.isClosed()) {
            return;
        }
        Optional<InMemoryPeerLinks> listener = owner.network.listenerAt(address);
        if (listener.isEmpty()) {
            tryAgain(new LinkState.Refused());
            return;
        }
        Hello hello = new Hello(ProtocolVersions.CURRENT, owner.self.get(), peerId);
        switch (listener.get().greeted(hello, this)) {
            case Welcome welcome -> up(welcome, new Pipe(listener.get(), hello.self()));
            case Refusal refusal -> tryAgain(new LinkState.Rejected(refusal.reason(), refusal.detail()));
            case Hello _ -> throw new IllegalStateException("A greeting is never the answer to one");
        }
    }

    private void up(Welcome welcome, Pipe opened) {
        pipe = Optional.of(opened);
        owner.counters.of(peerId).connections++;
        owner.events.linkChanged(peerId, new LinkState.Connected(welcome.self(), welcome.version()));
        waiting.forEach(payload -> deliver(opened, payload));
        waiting.clear();
        waitingBytes = 0;
    }

    private void tryAgain(LinkState after) {
        owner.network.later(this::dial);
        owner.events.linkChanged(peerId, after);
    }

    /** The other side hung up. */
    void lost(String reason) {
        hangUp();
        if (!dropped && !owner.isClosed()) {
            owner.counters.of(peerId).losses++;
            tryAgain(new LinkState.Disconnected(reason));
        }
    }

    /** This side wants no more of it. */
    void drop() {
        boolean wasUp = isUp();
        dropped = true;
        hangUp();
        if (wasUp) {
            owner.events.linkChanged(peerId, new LinkState.Disconnected("the address changed"));
        }
    }

    /** This side closes: what it sent still arrives. */
    void finish() {
        dropped = true;
        pipe.ifPresent(closing -> closing.acceptor.hungUp(this));
        pipe = Optional.empty();
    }

    private void hangUp() {
        pipe.ifPresent(broken -> {
            broken.open = false;
            broken.acceptor.hungUp(this);
        });
        pipe = Optional.empty();
    }
}
