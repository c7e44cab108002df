package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The committed entries of one partition, as the first replica to apply each showed them, and what they make of keys. */
final class CommittedLog {
    private final int partition;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Bytes, TreeMap<Long, Optional<Record>>> versions = new HashMap<>();

    CommittedLog(int partition) {
        this.partition = partition;
    }

    /** A replica applied this. */
    void applied(Entry entry, String by) {
        if (entry.index() <= entries.size()) {
            Entry before = entries.get((int) entry.index() - 1);
            if (!same(before, entry)) {
                throw new Violation(
                        Promise.COMMITTED_IS_FINAL,
                        "%s applied %s where %s was committed".formatted(by, entry, before));
            }
        } else if (entry.index() == entries.size() + 1) {
            entries.add(entry);
            entry.changes().forEach(change -> note(entry.index(), change));
        } else {
            throw new Violation(
                    Promise.COMMITTED_IS_FINAL,
                    "%s applied %s of partition %d before anybody applied what precedes it"
                            .formatted(by, entry, partition));
        }
    }

    private void note(long index, Change change) {
        switch (change) {
            case Change.Put put -> note(index, put.key(), Optional.of(put.record()));
            case Change.Delete delete -> note(index, delete.key(), Optional.empty());
            case Change.Barrier _, Change.Checksum _ -> {}
        }
    }

    private void note(long index, Bytes key, Optional<Record> record) {
        versions.computeIfAbsent(key, _ -> new TreeMap<>()).put(index, record);
    }

    /** Leaders of different terms never make the same entry, so term and index say it all; changes are compared too. */
    private static boolean same(Entry one, Entry other) {
        return one.position().equals(other.position()) && one.changes().equals(other.changes());
    }

    long last() {
        return entries.size();
    }

    Optional<Entry> at(long index) {
        return index < 1 || index > entries.size() ? Optional.empty() : Optional.of(entries.get((int) index - 1));
    }

    List<Entry> entries() {
        return entries;
    }

    Set<Bytes> keys() {
        return versions.keySet();
    }

    /** What a key holds once everything up to an index is applied. */
    Optional<Record> state(Bytes key, long index) {
        Map.Entry<Long, Optional<Record>> version = versions(key).floorEntry(index);
        return version == null ? Optional.empty() : version.getValue();
    }

    /** What became of a key after {@code from}, up to and with {@code to}. */
    NavigableMap<Long, Optional<Record>> versions(Bytes key, long from, long to) {
        return versions(key).subMap(from, false, Math.max(from, to), true);
    }

    private NavigableMap<Long, Optional<Record>> versions(Bytes key) {
        return versions.getOrDefault(key, new TreeMap<>());
    }
}
