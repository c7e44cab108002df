package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.port.StoredChange;
import io.quorate.core.replica.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A worker's disk: a log and a store, each of which loses at a crash what was not synced. */
final class SimulatedDisk {
    private static final int LONGEST_DAMAGE = 5;

    private record Logged(long sequence, LogRecord record) {}

    private record Stored(ReplicaMeta meta, SortedMap<Place, Record> records) {
        Stored copy() {
            return new Stored(meta, new TreeMap<>(records));
        }
    }

    private final List<Logged> log = new ArrayList<>();
    private final Map<Integer, LogPosition> written = new TreeMap<>();
    private long lastSequence;
    private long durableSequence;
    private long lastBlockAfter;
    private Map<Integer, Stored> stored = new TreeMap<>();
    private Map<Integer, Stored> synced = new TreeMap<>();

    void append(long sequence, LogRecord record) {
        if (sequence != lastSequence + 1) {
            throw new Violation(Promise.CORE_CHECK, "log record " + sequence + " after " + lastSequence);
        }
        lastSequence = sequence;
        log.add(new Logged(sequence, record));
        if (record instanceof LogRecord.EntryWritten(int partition, Entry entry)) {
            written.merge(partition, entry.position(), (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    /** Whether the record is an entry that is in the log already. */
    boolean holdsEntryOf(LogRecord record) {
        return record instanceof LogRecord.EntryWritten(int partition, Entry entry)
                && written.getOrDefault(partition, LogPosition.START).compareTo(entry.position()) >= 0
                && log.stream().anyMatch(logged -> logged.record().equals(record));
    }

    int logRecords() {
        return log.size();
    }

    long lastSequence() {
        return lastSequence;
    }

    boolean hasUnsynced() {
        return lastSequence > durableSequence;
    }

    void syncLogTo(long sequence) {
        if (sequence > durableSequence) {
            lastBlockAfter = durableSequence;
            durableSequence = sequence;
        }
    }

    void release(long belowSequence) {
        log.removeIf(logged -> logged.sequence() < belowSequence);
    }

    /** A crash: of what was not synced, a prefix of the log survives, of the store nothing. */
    void crash(long survivingSequence) {
        long kept = Math.max(durableSequence, Math.min(survivingSequence, lastSequence));
        log.removeIf(logged -> logged.sequence() > kept);
        lastSequence = kept;
        durableSequence = kept;
        stored = copy(synced);
    }

    /** What is on it for good, as a disk of its own. */
    SimulatedDisk durableCopy() {
        SimulatedDisk copy = new SimulatedDisk();
        log.stream().filter(logged -> logged.sequence() <= durableSequence).forEach(copy.log::add);
        copy.lastSequence = durableSequence;
        copy.durableSequence = durableSequence;
        copy.lastBlockAfter = lastBlockAfter;
        copy.stored = copy(synced);
        copy.synced = copy(synced);
        return copy;
    }

    /**
     * Records before the last block are lost; answers whether there were any. Blocks after them show that they were
     * there, so that whoever reads the log notices.
     */
    boolean damage(RandomGenerator random) {
        List<Logged> older = log.stream()
                .filter(logged -> logged.sequence() <= lastBlockAfter)
                .toList();
        if (older.isEmpty()) {
            return false;
        }
        int first = random.nextInt(older.size());
        List<Logged> lost = older.subList(first, Math.min(older.size(), first + 1 + random.nextInt(LONGEST_DAMAGE)));
        log.removeAll(lost);
        return true;
    }

    /** What a start finds, records that do not pass left out. */
    Recovery recover(Predicate<LogRecord> passes) {
        Recovery recovery = new Recovery();
        stored.values().forEach(replica -> recovery.stored(replica.meta()));
        log.stream()
                .filter(logged -> passes.test(logged.record()))
                .forEach(logged -> recovery.read(logged.sequence(), logged.record()));
        return recovery;
    }

    void write(ReplicaMeta meta, List<StoredChange> changes) {
        Stored current = stored.get(meta.partition());
        if (current != null && meta.generation() < current.meta().generation()) {
            return;
        }
        SortedMap<Place, Record> records = new TreeMap<>();
        if (current != null && current.meta().generation() == meta.generation() && meta.present()) {
            records = current.records();
        }
        SortedMap<Place, Record> changed = records;
        for (StoredChange change : changes) {
            change.record()
                    .ifPresentOrElse(record -> changed.put(place(change), record), () -> changed.remove(place(change)));
        }
        stored.put(meta.partition(), new Stored(meta, records));
    }

    private static Place place(StoredChange change) {
        return new Place(change.space(), change.key());
    }

    void sync() {
        synced = copy(stored);
    }

    void install(ReplicaMeta meta, Map<Place, Record> records) {
        Stored replica = new Stored(meta, new TreeMap<>(records));
        stored.put(meta.partition(), replica);
        synced.put(meta.partition(), replica.copy());
    }

    Optional<Record> read(int partition, Space space, Bytes key) {
        Stored replica = stored.get(partition);
        return replica == null
                ? Optional.empty()
                : Optional.ofNullable(replica.records().get(new Place(space, key)));
    }

    /** Records of clients' keys, ascending, of keys not less than {@code from}. */
    List<KeyedRecord> recordsFrom(int partition, Bytes from, int limit) {
        Stored replica = stored.get(partition);
        return replica == null
                ? List.of()
                : replica.records().tailMap(new Place(Space.KEYS, from)).entrySet().stream()
                        .filter(each -> each.getKey().space() == Space.KEYS)
                        .limit(limit)
                        .map(each -> new KeyedRecord(each.getKey().key(), each.getValue()))
                        .toList();
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

    SortedMap<Place, Record> content(int partition) {
        Stored replica = stored.get(partition);
        return replica == null ? new TreeMap<>() : new TreeMap<>(replica.records());
    }

    private static Map<Integer, Stored> copy(Map<Integer, Stored> original) {
        Map<Integer, Stored> copy = new TreeMap<>();
        original.forEach((partition, replica) -> copy.put(partition, replica.copy()));
        return copy;
    }
}
