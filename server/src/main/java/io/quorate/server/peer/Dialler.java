package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The links that this process dials, one for each peer that has an address. */
final class Dialler {
    private final LinkEnvironment environment;
    private final NetClient client;
    private final RandomGenerator random;
    private final Map<String, OutgoingLink> links = new TreeMap<>();

    Dialler(LinkEnvironment environment, NetClient client, RandomGenerator random) {
        this.environment = environment;
        this.client = client;
        this.random = random;
    }

    void addresses(Map<String, HostPort> addresses) {
        for (String peerId : List.copyOf(links.keySet())) {
            if (!addresses.containsKey(peerId)) {
                drop(peerId, "the peer has no address any more");
            }
        }
        String self = environment.self().get().id();
        addresses.forEach((peerId, address) -> {
            if (!peerId.equals(self)) {
                dial(peerId, address);
            }
        });
    }

    private void dial(String peerId, HostPort address) {
        OutgoingLink present = links.get(peerId);
        if (present != null && present.address().equals(address)) {
            return;
        }
        drop(peerId, "the peer's address changed to " + address);
        links.put(peerId, new OutgoingLink(environment, client, peerId, address, random));
    }

    private void drop(String peerId, String reason) {
        OutgoingLink link = links.remove(peerId);
        if (link != null) {
            link.drop(reason);
        }
    }

    /** A peer has dialled this process. */
    void heardFrom(PeerIdentity peer) {
        OutgoingLink link = links.get(peer.id());
        if (link != null) {
            link.heardFrom(peer);
        }
    }

    boolean request(String peerId, Bytes payload) {
        OutgoingLink link = links.get(peerId);
        return link != null && link.send(payload);
    }

    boolean writable(String peerId) {
        OutgoingLink link = links.get(peerId);
        return link != null && link.writable();
    }

    long queuedBytes(String peerId) {
        OutgoingLink link = links.get(peerId);
        return link == null ? 0 : link.queuedBytes();
    }

    void tick() {
        // A copy: what a link reports may change the addresses.
        List.copyOf(links.values()).forEach(OutgoingLink::tick);
    }

    List<Future<Void>> finish() {
        List<Future<Void>> finished = new ArrayList<>();
        links.values().forEach(link -> finished.add(link.finish()));
        links.clear();
        return finished;
    }
}
