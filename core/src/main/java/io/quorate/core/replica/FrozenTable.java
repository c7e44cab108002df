package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.StoredChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A memory table that takes no more changes: on its way to the store, then a read cache. Thread-safe. */
public final class FrozenTable {
    private final Layer layer;

    FrozenTable(Layer layer) {
        this.layer = layer;
    }

    /** Without any change. */
    static FrozenTable empty() {
        return new FrozenTable(new Layer());
    }

    /** The changes, sorted by space and key, each key once. */
    public List<StoredChange> sorted() {
        List<StoredChange> changes = new ArrayList<>();
        for (Space space : Space.values()) {
            int from = changes.size();
            layer.of(space).forEach((key, state) -> changes.add(new StoredChange(space, key, record(state))));
            changes.subList(from, changes.size()).sort(Comparator.comparing(StoredChange::key));
        }
        return changes;
    }

    private static Optional<Record> record(Lookup state) {
        return switch (state) {
            case Lookup.Found found -> Optional.of(found.record());
            case Lookup.Absent _, Lookup.NotInMemory _ -> Optional.empty();
        };
    }

    Map<Bytes, Lookup> keys() {
        return layer.of(Space.KEYS);
    }

    Layer layer() {
        return layer;
    }

    long bytes() {
        return layer.bytes();
    }
}
