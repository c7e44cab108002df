package io.quorate.core.controller.state;

import java.util.BitSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** What applying a command changed. */
public final class Changes {
    private final BitSet partitions = new BitSet();
    private final SortedSet<String> workers = new TreeSet<>();
    private boolean settings;
    private boolean map;

    void partition(int partition) {
        partitions.set(partition);
        map = true;
    }

    void worker(String worker, boolean seenInMap) {
        workers.add(worker);
        map |= seenInMap;
    }

    void settings() {
        settings = true;
        map = true;
    }

    /** The partitions of which something changed. */
    public BitSet partitions() {
        return partitions;
    }

    /** The workers that registered. */
    public SortedSet<String> workers() {
        return workers;
    }

    /** Whether the cluster or its settings changed. */
    public boolean settingsChanged() {
        return settings;
    }

    /** Whether the cluster map changed. */
    public boolean mapChanged() {
        return map;
    }

    /** Whether nothing changed. */
    public boolean isEmpty() {
        return partitions.isEmpty() && workers.isEmpty() && !settings;
    }
}
