package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.port.StoredChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A memory table that takes no more changes: on its way to the store, then a read cache. Thread-safe. */
public final class FrozenTable {
    private final Map<Bytes, Lookup> records;
    private final long bytes;

    FrozenTable(Map<Bytes, Lookup> records, long bytes) {
        this.records = records;
        this.bytes = bytes;
    }

    /** The changes, sorted by key, each key once. */
    public List<StoredChange> sorted() {
        List<StoredChange> changes = new ArrayList<>(records.size());
        records.forEach((key, state) -> changes.add(new StoredChange(key, record(state))));
        changes.sort(Comparator.comparing(StoredChange::key));
        return changes;
    }

    private static Optional<Record> record(Lookup state) {
        return switch (state) {
            case Lookup.Found found -> Optional.of(found.record());
            case Lookup.Absent _, Lookup.NotInMemory _ -> Optional.empty();
        };
    }

    Map<Bytes, Lookup> records() {
        return records;
    }

    long bytes() {
        return bytes;
    }
}
