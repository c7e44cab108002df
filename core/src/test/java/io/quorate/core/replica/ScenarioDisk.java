package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A worker's log and store in a scenario: a crash takes what was not synced. */
final class ScenarioDisk {
    private record Logged(long sequence, LogRecord record) {}

    private record Stored(ReplicaMeta meta, Map<Place, Record> records) {
        Stored copy() {
            return new Stored(meta, new TreeMap<>(records));
        }
    }

    private final List<Logged> log = new ArrayList<>();
    private final SortedMap<Long, Entry> entries = new TreeMap<>();
    private long lastSequence;
    private long syncedSequence;
    private Map<Integer, Stored> stored = new TreeMap<>();
    private Map<Integer, Stored> synced = new TreeMap<>();

    void append(long sequence, LogRecord record) {
        Invariants.check(sequence == lastSequence + 1, "log record " + sequence + " after " + lastSequence);
        lastSequence = sequence;
        log.add(new Logged(sequence, record));
        if (record instanceof LogRecord.EntryWritten written) {
            entries.put(written.entry().index(), written.entry());
        }
    }

    /** Every entry that was ever written, by its index: the last one that was. */
    SortedMap<Long, Entry> entries() {
        return entries;
    }

    long lastSequence() {
        return lastSequence;
    }

    int logRecords() {
        return log.size();
    }

    /** Answers whether there was anything to sync. */
    boolean syncLog() {
        boolean news = syncedSequence < lastSequence;
        syncedSequence = lastSequence;
        return news;
    }

    void release(long belowSequence) {
        log.removeIf(logged -> logged.sequence() < belowSequence);
    }

    void crash() {
        log.removeIf(logged -> logged.sequence() > syncedSequence);
        lastSequence = syncedSequence;
        stored = copy(synced);
    }

    Recovery recover() {
        Recovery recovery = new Recovery();
        stored.values().forEach(replica -> recovery.stored(replica.meta()));
        log.forEach(logged -> recovery.read(logged.sequence(), logged.record()));
        return recovery;
    }

    void write(ReplicaMeta meta, List<StoredChange> changes) {
        Stored current = stored.get(meta.partition());
        boolean continues = current != null && current.meta().generation() == meta.generation();
        if (current != null && meta.generation() < current.meta().generation()) {
            return;
        }
        Map<Place, Record> records =
                continues && meta.present() && current != null ? current.records() : new TreeMap<>();
        for (StoredChange change : changes) {
            change.record()
                    .ifPresentOrElse(record -> records.put(place(change), record), () -> records.remove(place(change)));
        }
        stored.put(meta.partition(), new Stored(meta, records));
    }

    private static Place place(StoredChange change) {
        return new Place(change.space(), change.key());
    }

    /** A stored record changes although nobody wrote it. */
    void damage(int partition, Bytes key, Record record) {
        for (Map<Integer, Stored> state : List.of(stored, synced)) {
            Optional.ofNullable(state.get(partition))
                    .ifPresent(replica -> replica.records().put(new Place(Space.KEYS, key), record));
        }
    }

    void syncStore() {
        synced = copy(stored);
    }

    void install(ReplicaMeta meta, Map<Place, Record> records) {
        stored.put(meta.partition(), new Stored(meta, new TreeMap<>(records)));
        synced.put(meta.partition(), new Stored(meta, new TreeMap<>(records)));
    }

    Map<Place, Record> content(int partition) {
        Stored replica = stored.get(partition);
        return replica == null ? new TreeMap<>() : replica.records();
    }

    Optional<Record> read(int partition, Space space, Bytes key) {
        return Optional.ofNullable(content(partition).get(new Place(space, key)));
    }

    /** What has expired by then, that which expired first first. */
    Expiries expired(int partition, long logTimeMillis, int limit) {
        return Expiries.among(
                content(partition).entrySet().stream()
                        .map(each -> new Expiries.Due(
                                each.getKey().space(),
                                each.getKey().key(),
                                each.getValue().expiresMillis())),
                logTimeMillis,
                limit);
    }

    /** The kinds of the changes of the entry that stands in the log at that index. */
    String kindsAt(long index) {
        Entry entry = entries.get(index);
        return entry == null ? "none" : kinds(entry);
    }

    private static String kinds(Entry entry) {
        return entry.changes().stream()
                .map(change -> change.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static Map<Integer, Stored> copy(Map<Integer, Stored> original) {
        Map<Integer, Stored> copy = new TreeMap<>();
        original.forEach((partition, replica) -> copy.put(partition, replica.copy()));
        return copy;
    }

    List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit) {
        return content(partition).entrySet().stream()
                .filter(each -> each.getKey().space() == Space.KEYS)
                .filter(each -> each.getKey().key().compareTo(from) >= 0)
                .sorted(Comparator.comparing(each -> each.getKey().key()))
                .limit(limit)
                .map(each -> new KeyedRecord(each.getKey().key(), each.getValue()))
                .toList();
    }
}
