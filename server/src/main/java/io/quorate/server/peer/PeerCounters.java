package io.quorate.server.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The counts of every peer met so far; bounded, since any process can come with a new id. */
final class PeerCounters {
    private final Map<String, LinkCounters> byPeer = new HashMap<>();
    private final LinkCounters others = new LinkCounters();

    LinkCounters of(String peerId) {
        LinkCounters known = byPeer.get(peerId);
        if (known != null) {
            return known;
        }
        if (byPeer.size() >= PeerLimits.MAX_COUNTED_PEERS) {
            return others;
        }
        LinkCounters fresh = new LinkCounters();
        byPeer.put(peerId, fresh);
        return fresh;
    }

    Map<String, LinkStats> stats(ToLongFunction<String> queuedBytes) {
        Map<String, LinkStats> stats = new TreeMap<>();
        byPeer.forEach((peerId, counters) -> stats.put(peerId, counters.stats(queuedBytes.applyAsLong(peerId))));
        return stats;
    }
}
