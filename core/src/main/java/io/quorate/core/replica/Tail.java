package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the leader's uncommitted entries say of keys: conditions are evaluated against it before applied state. */
final class Tail {
    private record Version(long index, Optional<Record> record) {}

    private final Map<Bytes, Version> keys = new HashMap<>();
    private final Map<Bytes, Version> ids = new HashMap<>();
    private int remembered;

    void add(long index, Change change) {
        remembered += remembered(change);
        switch (change) {
            case Change.Put put -> note(Space.KEYS, put.key(), index, Optional.of(put.record()));
            case Change.Delete delete -> note(Space.KEYS, delete.key(), index, Optional.empty());
            case Change.Expire expire -> note(expire.space(), expire.key(), index, Optional.empty());
            case Change.Remember remember ->
                note(Space.REMEMBERED, remember.id(), index, Optional.of(remember.record()));
            case Change.Renew renew -> note(Space.REMEMBERED, renew.id(), index, Optional.of(renew.record()));
            case Change.Barrier _, Change.Checksum _, Change.Time _ -> {}
        }
    }

    private Map<Bytes, Version> versions(Space space) {
        return switch (space) {
            case KEYS -> keys;
            case REMEMBERED -> ids;
        };
    }

    private void note(Space space, Bytes key, long index, Optional<Record> record) {
        versions(space).put(key, new Version(index, record));
    }

    /** Applied state knows what the entry did from here on. */
    void applied(Entry entry) {
        for (Change change : entry.changes()) {
            remembered -= remembered(change);
            switch (change) {
                case Change.Put put -> forget(Space.KEYS, put.key(), entry.index());
                case Change.Delete delete -> forget(Space.KEYS, delete.key(), entry.index());
                case Change.Expire expire -> forget(expire.space(), expire.key(), entry.index());
                case Change.Remember remember -> forget(Space.REMEMBERED, remember.id(), entry.index());
                case Change.Renew renew -> forget(Space.REMEMBERED, renew.id(), entry.index());
                case Change.Barrier _, Change.Checksum _, Change.Time _ -> {}
            }
        }
    }

    private void forget(Space space, Bytes key, long index) {
        Version version = versions(space).get(key);
        if (version != null && version.index() == index) {
            versions(space).remove(key);
        }
    }

    private static int remembered(Change change) {
        return switch (change) {
            case Change.Remember _ -> 1;
            case Change.Expire expire -> expire.space() == Space.REMEMBERED ? -1 : 0;
            default -> 0;
        };
    }

    /** How many idempotency keys and sessions these entries add to the state. */
    int remembered() {
        return remembered;
    }

    Lookup lookup(Space space, Bytes key) {
        Version version = versions(space).get(key);
        if (version == null) {
            return Lookup.NotInMemory.NOT_IN_MEMORY;
        }
        return version.record().<Lookup>map(Lookup.Found::new).orElse(Lookup.Absent.ABSENT);
    }
}
