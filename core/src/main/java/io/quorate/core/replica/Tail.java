package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the leader's uncommitted entries say of keys: conditions are evaluated against it before applied state. */
final class Tail {
    private record Version(long index, Optional<Record> record) {}

    private final Map<Bytes, Version> versions = new HashMap<>();

    void add(long index, Change change) {
        switch (change) {
            case Change.Put put -> versions.put(put.key(), new Version(index, Optional.of(put.record())));
            case Change.Delete delete -> versions.put(delete.key(), new Version(index, Optional.empty()));
            case Change.Barrier _, Change.Checksum _ -> {}
        }
    }

    /** Applied state knows what the entry did from here on. */
    void applied(Entry entry) {
        for (Change change : entry.changes()) {
            switch (change) {
                case Change.Put put -> forget(put.key(), entry.index());
                case Change.Delete delete -> forget(delete.key(), entry.index());
                case Change.Barrier _, Change.Checksum _ -> {}
            }
        }
    }

    private void forget(Bytes key, long index) {
        Version version = versions.get(key);
        if (version != null && version.index() == index) {
            versions.remove(key);
        }
    }

    Lookup lookup(Bytes key) {
        Version version = versions.get(key);
        if (version == null) {
            return Lookup.NotInMemory.NOT_IN_MEMORY;
        }
        return version.record().<Lookup>map(Lookup.Found::new).orElse(Lookup.Absent.ABSENT);
    }
}
