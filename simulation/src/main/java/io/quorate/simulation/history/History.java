package io.quorate.simulation.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All calls of all clients in a run, which began with no key in existence. */
public record History(List<Operation> operations) {
    /** So many operations are taken. */
    public static final int MAX_OPERATIONS = 1_000_000;

    /**
     * @throws IllegalArgumentException when two operations share an id, or there are too many
     */
    public History {
        operations = List.copyOf(operations);
        if (operations.size() > MAX_OPERATIONS) {
            throw new IllegalArgumentException("more than " + MAX_OPERATIONS + " operations");
        }
        Set<Long> ids = new HashSet<>();
        for (Operation operation : operations) {
            if (!ids.add(operation.id())) {
                throw new IllegalArgumentException("two operations have the id " + operation.id());
            }
        }
    }

    /** The operations of each key. */
    SortedMap<String, List<Operation>> byKey() {
        SortedMap<String, List<Operation>> keys = new TreeMap<>();
        for (Operation operation : operations) {
            keys.computeIfAbsent(operation.key(), _ -> new ArrayList<>()).add(operation);
        }
        return keys;
    }
}
