package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many replicas are known to have the writes of one connection: by partition, of the last one, as who has that has
 * all before it. Not thread-safe.
 */
final class AckLedger {
    /**
     * The last write to a partition.
     *
     * @param key that it changed
     * @param acks replicas that have it on disk, the leader among them
     */
    record Noted(int partition, Bytes key, int acks, int replicas, int quorum) {}

    private final Map<Integer, Noted> byPartition = new TreeMap<>();

    void applied(int partition, Bytes key, Outcome.Applied write) {
        byPartition.put(partition, new Noted(partition, key, write.acks(), write.replicas(), write.quorum()));
    }

    Collection<Noted> all() {
        return byPartition.values();
    }
}
