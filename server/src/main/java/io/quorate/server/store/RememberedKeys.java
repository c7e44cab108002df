package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.StoredChange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The idempotency keys of one replica of a JSON store, in memory as in their file. Not thread-safe, but for many readers
 * at once.
 */
final class RememberedKeys {
    private final RememberedJournal journal;
    private NavigableMap<Bytes, Record> records = new TreeMap<>();

    RememberedKeys(RememberedJournal journal) {
        this.journal = journal;
    }

    /** Reads them from the file. */
    void load() throws IOException {
        records = journal.read();
    }

    /** All of them in ascending order; changes with them. */
    NavigableMap<Bytes, Record> records() {
        return records;
    }

    /** Notes changes in the file, durably. */
    void write(List<StoredChange> changes) throws IOException {
        Map<Bytes, Optional<Record>> byKey = new LinkedHashMap<>();
        changes.forEach(change -> byKey.put(change.key(), change.record()));
        journal.append(byKey, records);
    }

    /** Makes a change that was noted in the file visible. */
    void apply(StoredChange change) {
        records.remove(change.key());
        change.record().ifPresent(record -> records.put(change.key(), record));
    }

    /** Deletes all of them, durably. */
    void delete() throws IOException {
        records = new TreeMap<>();
        journal.delete();
    }

    /** Adds when they expire. */
    void addExpiries(ExpiryIndex expiries) {
        records.forEach((key, record) -> expiries.put(new SpaceKey(Space.REMEMBERED, key), record.expiresMillis()));
    }
}
