package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.changing;
import static io.quorate.core.replica.Entries.delete;
import static io.quorate.core.replica.Entries.key;
import static io.quorate.core.replica.Entries.put;
import static io.quorate.core.replica.Entries.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TailTest {
    private static final Lookup ABSENT = Lookup.Absent.ABSENT;
    private static final Lookup UNKNOWN = Lookup.NotInMemory.NOT_IN_MEMORY;

    private final Tail tail = new Tail();

    private Entry add(long index, Change... changes) {
        List.of(changes).forEach(change -> tail.add(index, change));
        return changing(index, changes);
    }

    private static Change remember(String id) {
        return new Change.Remember(key(id), record(id));
    }

    private static Change expire(Space space, String key) {
        return new Change.Expire(space, key(key));
    }

    private Lookup lookup(Space space, String key) {
        return tail.lookup(space, key(key));
    }

    @Test
    void theLastWordOnAKeyCounts() {
        add(1, put("a", "1"), put("b", "1"));
        add(2, put("a", "2"), delete("b"), expire(Space.KEYS, "c"));

        assertThat(lookup(Space.KEYS, "a")).isEqualTo(new Lookup.Found(record("2")));
        assertThat(lookup(Space.KEYS, "b")).isEqualTo(ABSENT);
        assertThat(lookup(Space.KEYS, "c")).isEqualTo(ABSENT);
        assertThat(lookup(Space.KEYS, "d")).isEqualTo(UNKNOWN);
    }

    @Test
    void spacesHaveKeysOfTheirOwn() {
        add(1, remember("a"), put("b", "1"));

        assertThat(lookup(Space.KEYS, "a")).isEqualTo(UNKNOWN);
        assertThat(lookup(Space.REMEMBERED, "a")).isEqualTo(new Lookup.Found(record("a")));
        assertThat(lookup(Space.REMEMBERED, "b")).isEqualTo(UNKNOWN);
    }

    @Test
    void whatIsAppliedIsForgottenUnlessItChangedSince() {
        Entry first = add(1, put("a", "1"), put("b", "1"), remember("x"));
        Entry second = add(2, put("a", "2"), expire(Space.REMEMBERED, "x"));

        tail.applied(first);

        assertThat(lookup(Space.KEYS, "a")).isEqualTo(new Lookup.Found(record("2")));
        assertThat(lookup(Space.KEYS, "b")).isEqualTo(UNKNOWN);
        assertThat(lookup(Space.REMEMBERED, "x")).isEqualTo(ABSENT);
        tail.applied(second);
        assertThat(lookup(Space.KEYS, "a")).isEqualTo(UNKNOWN);
        assertThat(lookup(Space.REMEMBERED, "x")).isEqualTo(UNKNOWN);
    }

    @Test
    void itCountsWhatItAddsToTheIdempotencyKeysOfTheState() {
        Entry first = add(1, remember("x"), put("a", "1"), remember("y"));
        Entry second = add(2, expire(Space.REMEMBERED, "x"), expire(Space.KEYS, "a"), new Change.Time());
        Entry third = add(3, expire(Space.REMEMBERED, "old"), new Change.Barrier(), new Change.Checksum(1));
        assertThat(tail.remembered()).isZero();

        tail.applied(first);
        assertThat(tail.remembered()).isEqualTo(-2);
        tail.applied(second);
        assertThat(tail.remembered()).isEqualTo(-1);
        tail.applied(third);
        assertThat(tail.remembered()).isZero();
    }

    @Test
    void tailAndTableTogetherCountTheSameWhateverIsApplied() {
        KeyTable table = new KeyTable(LogPosition.START, 0, 0);
        List<Entry> entries = List.of(
                add(1, remember("x")), add(2, remember("y"), expire(Space.REMEMBERED, "x")), add(3, remember("z")));

        for (Entry entry : entries) {
            assertThat(table.remembered() + tail.remembered()).isEqualTo(2);
            table.apply(entry);
            tail.applied(entry);
        }

        assertThat(table.remembered()).isEqualTo(2);
        assertThat(tail.remembered()).isZero();
    }
}
