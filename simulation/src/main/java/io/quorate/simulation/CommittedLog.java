package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.SessionState;
import io.quorate.core.log.Space;
import io.quorate.core.wire.SessionStateCodecV1;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The committed entries of one partition, as the first replica to apply each showed them, and what they make of keys. */
final class CommittedLog {
    private final int partition;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Place, TreeMap<Long, Optional<Record>>> versions = new HashMap<>();
    private final List<Place> keys = new ArrayList<>();
    private final Set<Place> remembered = new TreeSet<>();
    private final Set<Bytes> decided = new HashSet<>();

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
            case Change.Put put -> note(index, new Place(Space.KEYS, put.key()), Optional.of(put.record()));
            case Change.Delete delete -> note(index, new Place(Space.KEYS, delete.key()), Optional.empty());
            case Change.Expire expire -> {
                Place place = new Place(expire.space(), expire.key());
                expired(index, place);
                remembered.remove(place);
                note(index, place, Optional.empty());
            }
            case Change.Remember remember -> {
                Place place = new Place(Space.REMEMBERED, remember.id());
                if (!remembered.add(place)) {
                    throw new Violation(
                            Promise.REPEATED_IS_DONE_ONCE,
                            "partition %d: %s is at %d and again at %d"
                                    .formatted(partition, place, versions(place).lastKey(), index));
                }
                decided.add(remember.id());
                note(index, place, Optional.of(remember.record()));
            }
            case Change.Renew renew -> {
                Place place = new Place(Space.REMEMBERED, renew.id());
                writtenIn(index, place, renew.record());
                note(index, place, Optional.of(renew.record()));
            }
            case Change.Barrier _, Change.Checksum _, Change.Time _ -> {}
        }
    }

    /** A session that is written in has not ended, and decides each of its writes once. */
    private void writtenIn(long index, Place session, Record renewed) {
        Optional<Record> before = state(session, index - 1).filter(record -> !record.expiredAt(logTime(index)));
        if (before.isEmpty()) {
            throw new Violation(
                    Promise.REPEATED_IS_DONE_ONCE,
                    "partition %d: %d is of session %s, which had ended at log time %d"
                            .formatted(partition, index, session, logTime(index)));
        }
        Set<Long> known = session(before.get()).decided().keySet();
        for (long sequence : session(renewed).decided().keySet()) {
            if (!known.contains(sequence) && !decided.add(Named.numbered(session.key(), sequence))) {
                throw new Violation(
                        Promise.REPEATED_IS_DONE_ONCE,
                        "partition %d: number %d of session %s is decided again at %d"
                                .formatted(partition, sequence, session, index));
            }
        }
    }

    /** What a record says of its session. */
    static SessionState session(Record record) {
        return SessionStateCodecV1.decode(record.value().bytes());
    }

    private void expired(long index, Place place) {
        Optional<Record> before = state(place, index - 1);
        if (before.filter(record -> record.expiredAt(logTime(index))).isEmpty()) {
            throw new Violation(
                    Promise.CONDITIONS_FOLLOW_THE_LOG,
                    "partition %d: %d removes %s at log time %d as expired, but there is %s"
                            .formatted(partition, index, place, logTime(index), before));
        }
    }

    private void note(long index, Place place, Optional<Record> record) {
        TreeMap<Long, Optional<Record>> ofPlace = versions.get(place);
        if (ofPlace == null) {
            ofPlace = new TreeMap<>();
            versions.put(place, ofPlace);
            if (place.space() == Space.KEYS) {
                keys.add(place);
            }
        }
        ofPlace.put(index, record);
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

    /** The keys that clients have written. */
    List<Place> keys() {
        return keys;
    }

    /** Whether a write of that name was ever decided; see {@link Named}. */
    boolean wasDecided(Bytes named) {
        return decided.contains(named);
    }

    /** The idempotency keys and sessions that the whole log leaves in the state. */
    Set<Place> remembered() {
        return remembered;
    }

    /** Log time once everything up to an index is applied. */
    long logTime(long index) {
        return at(index).map(Entry::logTimeMillis).orElse(Long.MIN_VALUE);
    }

    /** What a replica holds once everything up to an index is applied, expired or not. */
    Optional<Record> state(Place place, long index) {
        Map.Entry<Long, Optional<Record>> version = versions(place).floorEntry(index);
        return version == null ? Optional.empty() : version.getValue();
    }

    /** What a reader of a key sees at an index. */
    Optional<Record> visible(Bytes key, long index) {
        return visible(key, index, logTime(index));
    }

    /** What is there of a key for an entry of that log time which follows the index. */
    Optional<Record> visible(Bytes key, long index, long logTimeMillis) {
        return state(new Place(Space.KEYS, key), index).filter(record -> !record.expiredAt(logTimeMillis));
    }

    /** Whether a key was not there for somebody at some index from that one on, as far as the log is known. */
    boolean wasAbsent(Bytes key, long from) {
        NavigableMap<Long, Optional<Record>> all = versions(new Place(Space.KEYS, key));
        Long first = all.floorKey(from);
        if (first == null) {
            return true;
        }
        return all.tailMap(first, true).entrySet().stream().anyMatch(version -> {
            Long next = all.higherKey(version.getKey());
            long until = logTime(next == null ? last() : next);
            return version.getValue().filter(record -> !record.expiredAt(until)).isEmpty();
        });
    }

    /** What became of a key after {@code from}, up to and with {@code to}. */
    NavigableMap<Long, Optional<Record>> versions(Bytes key, long from, long to) {
        return versions(new Place(Space.KEYS, key)).subMap(from, false, Math.max(from, to), true);
    }

    private NavigableMap<Long, Optional<Record>> versions(Place place) {
        return versions.getOrDefault(place, new TreeMap<>());
    }
}
