package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the entries of a log make of keys one after the other, against which answers to writes are checked. */
final class LogReplay {
    private record Changed(Place place, long index) {}

    private final Map<Place, Record> state = new TreeMap<>();
    /** What there was of a key for an entry that changed it. */
    private final Map<Changed, Optional<Record>> before = new HashMap<>();

    private final Map<Long, Entry> entries = new HashMap<>();

    LogReplay(Collection<Entry> log) {
        log.forEach(this::replay);
    }

    private void replay(Entry entry) {
        entries.put(entry.index(), entry);
        for (Change change : entry.changes()) {
            switch (change) {
                case Change.Put put -> set(entry, new Place(Space.KEYS, put.key()), Optional.of(put.record()));
                case Change.Delete delete -> set(entry, new Place(Space.KEYS, delete.key()), Optional.empty());
                case Change.Expire expire -> {
                    Place place = new Place(expire.space(), expire.key());
                    assertThat(Optional.ofNullable(state.get(place)))
                            .as("removed as expired")
                            .hasValueSatisfying(record -> assertThat(record.expiredAt(entry.logTimeMillis()))
                                    .isTrue());
                    set(entry, place, Optional.empty());
                }
                case Change.Remember remember -> {
                    Place place = new Place(Space.REMEMBERED, remember.id());
                    assertThat(state).as("remembered before").doesNotContainKey(place);
                    set(entry, place, Optional.of(remember.record()));
                }
                case Change.Renew renew -> {
                    Place place = new Place(Space.REMEMBERED, renew.id());
                    assertThat(Optional.ofNullable(state.get(place)))
                            .as("a session that has not ended")
                            .hasValueSatisfying(record -> assertThat(record.expiredAt(entry.logTimeMillis()))
                                    .isFalse());
                    set(entry, place, Optional.of(renew.record()));
                }
                case Change.Barrier _, Change.Checksum _, Change.Time _ -> {}
            }
        }
    }

    private void set(Entry entry, Place place, Optional<Record> record) {
        Optional<Record> there = Optional.ofNullable(state.get(place));
        assertThat(before.put(new Changed(place, entry.index()), there))
                .as("changed before in one entry")
                .isNull();
        record.ifPresentOrElse(now -> state.put(place, now), () -> state.remove(place));
    }

    /** How many idempotency keys and sessions the whole log leaves. */
    long remembered() {
        return state.keySet().stream()
                .filter(place -> place.space() == Space.REMEMBERED)
                .count();
    }

    /** The outcome is what the write comes to at its place in the log. */
    void check(WriteRequest request, Outcome outcome) {
        Command command = request.command();
        switch (outcome) {
            case Outcome.Applied applied -> applied(command, applied);
            case Outcome.ConditionFailed failed -> failed(command, failed.current());
            case Outcome.NotApplied _, Outcome.Unknown _ -> {}
        }
    }

    private void applied(Command command, Outcome.Applied applied) {
        long index = applied.revision().index();
        Entry entry = Objects.requireNonNull(entries.get(index));
        Changed changed = new Changed(new Place(Space.KEYS, command.key()), index);
        Optional<Record> current = Objects.requireNonNull(before.get(changed), "the entry does not change the key")
                .filter(record -> !record.expiredAt(entry.logTimeMillis()));
        var verdict = new Evaluation(applied.revision(), entry.logTimeMillis()).of(command, current);
        assertThat(applied.existed()).isEqualTo(current.isPresent());
        if (verdict instanceof Evaluation.Verdict.Store store) {
            assertThat(entry.changes()).contains(new Change.Put(command.key(), store.record()));
            assertThat(applied.result()).isEqualTo(store.result());
        } else {
            assertThat(verdict).isInstanceOf(Evaluation.Verdict.Remove.class);
            assertThat(entry.changes()).contains(new Change.Delete(command.key()));
        }
    }

    private void failed(Command command, Revision current) {
        Optional<Record> there = Optional.ofNullable(entries.get(current.index()))
                .flatMap(entry -> entry.changes().stream()
                        .filter(Change.Put.class::isInstance)
                        .map(Change.Put.class::cast)
                        .filter(put -> put.key().equals(command.key()))
                        .map(Change.Put::record)
                        .findFirst());
        assertThat(there.map(Record::revision).orElse(Revision.NONE)).isEqualTo(current);
        assertThat(new Evaluation(new Revision(9, 9), 0).of(command, there))
                .isInstanceOf(Evaluation.Verdict.Refuse.class);
    }
}
