package io.quorate.core.replica;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** The replicas that a worker holds, by partition. */
final class Replicas {
    private final TreeMap<Integer, Replica> byPartition = new TreeMap<>();

    Optional<Replica> find(int partition) {
        return Optional.ofNullable(byPartition.get(partition));
    }

    Collection<Replica> all() {
        return byPartition.values();
    }

    void add(Replica replica) {
        byPartition.put(replica.partition, replica);
    }

    void remove(int partition) {
        byPartition.remove(partition);
    }
}
