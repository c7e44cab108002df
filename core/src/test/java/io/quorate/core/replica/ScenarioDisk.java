package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.LogRecord;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A worker's log and store in a scenario: a crash takes what was not synced. */
final class ScenarioDisk {
    private record Logged(long sequence, LogRecord record) {}

    private record Stored(ReplicaMeta meta, Map<Bytes, Record> records) {
        Stored copy() {
            return new Stored(meta, new TreeMap<>(records));
        }
    }

    private final List<Logged> log = new ArrayList<>();
    private long lastSequence;
    private long syncedSequence;
    private Map<Integer, Stored> stored = new TreeMap<>();
    private Map<Integer, Stored> synced = new TreeMap<>();

    void append(long sequence, LogRecord record) {
        Invariants.check(sequence == lastSequence + 1, "log record " + sequence + " after " + lastSequence);
        lastSequence = sequence;
        log.add(new Logged(sequence, record));
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
        Map<Bytes, Record> records =
                continues && meta.present() && current != null ? current.records() : new TreeMap<>();
        for (StoredChange change : changes) {
            change.record()
                    .ifPresentOrElse(record -> records.put(change.key(), record), () -> records.remove(change.key()));
        }
        stored.put(meta.partition(), new Stored(meta, records));
    }

    /** A stored record changes although nobody wrote it. */
    void damage(int partition, Bytes key, Record record) {
        for (Map<Integer, Stored> state : List.of(stored, synced)) {
            Optional.ofNullable(state.get(partition))
                    .ifPresent(replica -> replica.records().put(key, record));
        }
    }

    void syncStore() {
        synced = copy(stored);
    }

    void install(ReplicaMeta meta, Map<Bytes, Record> records) {
        stored.put(meta.partition(), new Stored(meta, new TreeMap<>(records)));
        synced.put(meta.partition(), new Stored(meta, new TreeMap<>(records)));
    }

    Map<Bytes, Record> content(int partition) {
        Stored replica = stored.get(partition);
        return replica == null ? new TreeMap<>() : replica.records();
    }

    Optional<Record> read(int partition, Bytes key) {
        return Optional.ofNullable(content(partition).get(key));
    }

    private static Map<Integer, Stored> copy(Map<Integer, Stored> original) {
        Map<Integer, Stored> copy = new TreeMap<>();
        original.forEach((partition, replica) -> copy.put(partition, replica.copy()));
        return copy;
    }
}
