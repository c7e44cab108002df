package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Another network with faults: everything is heard late, and what is on its way when a link breaks is lost, as are the
 * first messages after it came back. The order within a connection stays.
 */
final class FaultyPeerNetwork implements PeerNetwork {
    private static final int MAX_DELAY_MILLIS = 5;
    private static final int MAX_HEARD_AT_ONCE = 100;

    private final PeerNetwork real;
    private final Vertx vertx;
    private final RandomGenerator random;
    private final int lostAfterReconnect;

    FaultyPeerNetwork(PeerNetwork real, Vertx vertx, RandomGenerator random, int lostAfterReconnect) {
        this.real = real;
        this.vertx = vertx;
        this.random = random;
        this.lostAfterReconnect = lostAfterReconnect;
    }

    @Override
    public Future<PeerLinks> open(Optional<HostPort> listen, Supplier<PeerIdentity> self, PeerEvents events) {
        LateEvents late = new LateEvents(events);
        return real.open(listen, self, late).map(links -> new FaultyPeerLinks(links, late));
    }

    /** Something heard and not told yet. */
    private sealed interface Pending {
        record Received(PeerIdentity from, boolean isReply, Bytes payload) implements Pending {}

        record Changed(String peerId, LinkState state) implements Pending {}
    }

    private final class LateEvents implements PeerEvents {
        private final PeerEvents events;
        private final ArrayDeque<Pending> pending = new ArrayDeque<>();
        private final Map<String, Integer> toLose = new HashMap<>();
        private final Set<String> lostBefore = new HashSet<>();
        private boolean telling;
        private boolean closed;

        LateEvents(PeerEvents events) {
            this.events = events;
        }

        @Override
        public void received(PeerIdentity from, boolean isReply, Bytes payload) {
            later(new Pending.Received(from, isReply, payload));
        }

        @Override
        public void linkChanged(String peerId, LinkState state) {
            switch (state) {
                case LinkState.Disconnected _ -> {
                    pending.removeIf(entry -> entry instanceof Pending.Received received
                            && received.isReply()
                            && received.from().id().equals(peerId));
                    lostBefore.add(peerId);
                }
                case LinkState.Connected _ -> {
                    if (lostBefore.contains(peerId)) {
                        toLose.put(peerId, lostAfterReconnect);
                    }
                }
                case LinkState.Refused _, LinkState.Rejected _ -> {}
            }
            later(new Pending.Changed(peerId, state));
        }

        private void later(Pending entry) {
            pending.add(entry);
            if (!telling) {
                telling = true;
                tellSome();
            }
        }

        private void tellSome() {
            vertx.setTimer(1 + random.nextInt(MAX_DELAY_MILLIS), _ -> {
                for (int n = random.nextInt(MAX_HEARD_AT_ONCE); n >= 0 && !pending.isEmpty() && !closed; n--) {
                    tell(pending.remove());
                }
                telling = !pending.isEmpty() && !closed;
                if (telling) {
                    tellSome();
                }
            });
        }

        private void tell(Pending entry) {
            switch (entry) {
                case Pending.Received received ->
                    events.received(received.from(), received.isReply(), received.payload());
                case Pending.Changed changed -> events.linkChanged(changed.peerId(), changed.state());
            }
        }

        boolean loses(String peerId) {
            int left = toLose.getOrDefault(peerId, 0);
            toLose.put(peerId, Math.max(0, left - 1));
            return left > 0;
        }
    }

    private record FaultyPeerLinks(PeerLinks real, LateEvents late) implements PeerLinks {
        @Override
        public void addresses(Map<String, HostPort> addresses) {
            real.addresses(addresses);
        }

        @Override
        public boolean request(String peerId, Bytes payload) {
            return late.loses(peerId) || real.request(peerId, payload);
        }

        @Override
        public boolean reply(String peerId, Bytes payload) {
            return real.reply(peerId, payload);
        }

        @Override
        public boolean writable(String peerId) {
            return real.writable(peerId);
        }

        @Override
        public boolean answerable(String peerId) {
            return real.answerable(peerId);
        }

        @Override
        public Map<String, LinkStats> stats() {
            return real.stats();
        }

        @Override
        public Optional<HostPort> listeningAt() {
            return real.listeningAt();
        }

        @Override
        public Future<Void> close() {
            late.closed = true;
            return real.close();
        }
    }
}
