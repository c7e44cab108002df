package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.changing;
import static io.quorate.core.replica.Entries.delete;
import static io.quorate.core.replica.Entries.key;
import static io.quorate.core.replica.Entries.put;
import static io.quorate.core.replica.Entries.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Space;
import io.quorate.core.port.ReplicaMeta;
import org.junit.jupiter.api.Test;

final class KeyTableTest {
    private static final Lookup ABSENT = Lookup.Absent.ABSENT;
    private static final Lookup UNKNOWN = Lookup.NotInMemory.NOT_IN_MEMORY;

    private final KeyTable table = new KeyTable(LogPosition.START, 0, 0);

    private void apply(Change... changes) {
        table.apply(changing(table.applied().index() + 1, changes));
    }

    private static Lookup found(String value) {
        return new Lookup.Found(record(value));
    }

    private Lookup lookup(String key) {
        return table.lookup(Space.KEYS, key(key));
    }

    @Test
    void aNewerLayerHidesWhatIsBelow() {
        apply(put("a", "1"), put("b", "1"), put("c", "1"));
        FrozenTable first = table.freeze();
        apply(delete("a"), put("b", "2"));
        FrozenTable second = table.freeze();
        apply(put("b", "3"));
        assertThat(lookup("a")).isEqualTo(ABSENT);
        assertThat(lookup("b")).isEqualTo(found("3"));
        assertThat(lookup("c")).isEqualTo(found("1"));
        table.flushed(first);
        table.flushed(second);
        assertThat(lookup("a")).isEqualTo(ABSENT);
        assertThat(lookup("b")).isEqualTo(found("3"));
        assertThat(lookup("z")).isEqualTo(UNKNOWN);
    }

    @Test
    void nothingIsEvictedBeforeItIsFlushed() {
        apply(put("a", "1"));
        FrozenTable frozen = table.freeze();
        assertThat(table.evictOldest()).isZero();
        assertThat(lookup("a")).isEqualTo(found("1"));
        table.flushed(frozen);
        assertThat(table.evictOldest()).isPositive();
        assertThat(lookup("a")).isEqualTo(UNKNOWN);
        assertThat(table.bytes()).isZero();
    }

    @Test
    void theOldestCacheIsEvictedFirst() {
        apply(put("a", "1"), put("b", "1"));
        FrozenTable first = table.freeze();
        apply(put("a", "2"));
        FrozenTable second = table.freeze();
        table.flushed(first);
        table.flushed(second);
        table.evictOldest();
        assertThat(lookup("a")).isEqualTo(found("2"));
        assertThat(lookup("b")).isEqualTo(UNKNOWN);
    }

    @Test
    void aFrozenTableGoesToTheStoreSortedWithDeletions() {
        apply(put("b", "1"), delete("a"));
        FrozenTable frozen = table.freeze();
        assertThat(frozen.sorted())
                .extracting(change -> change.key().toString())
                .isSorted();
        assertThat(frozen.sorted().getFirst().record()).isEmpty();
        assertThat(frozen.sorted().getLast().record()).contains(record("1"));
    }

    @Test
    void aFlushFromBeforeAResetIsForgotten() {
        apply(put("a", "1"));
        FrozenTable frozen = table.freeze();
        table.reset(new ReplicaMeta(0, 1, true, 2, new LogPosition(2, 9), 90, 3));
        table.flushed(frozen);
        assertThat(lookup("a")).isEqualTo(UNKNOWN);
        assertThat(table.applied()).isEqualTo(new LogPosition(2, 9));
        assertThat(table.logTimeMillis()).isEqualTo(90);
        assertThat(table.remembered()).isEqualTo(3);
    }

    @Test
    void entriesAreAppliedInOrder() {
        apply(put("a", "1"));
        assertThatThrownBy(() -> table.apply(changing(3, put("a", "3")))).isInstanceOf(IllegalStateException.class);
    }

    private static Change remember(String id) {
        return new Change.Remember(key(id), record(id));
    }

    private static Change expire(Space space, String key) {
        return new Change.Expire(space, key(key));
    }

    @Test
    void idempotencyKeysAreCountedAndNotFoundAmongTheKeys() {
        apply(remember("x"), put("a", "1"), remember("y"));
        assertThat(table.remembered()).isEqualTo(2);
        apply(expire(Space.REMEMBERED, "x"), expire(Space.KEYS, "a"));
        assertThat(table.remembered()).isEqualTo(1);
        assertThat(table.lookup(Space.REMEMBERED, key("x"))).isEqualTo(ABSENT);
        assertThat(table.lookup(Space.REMEMBERED, key("y"))).isEqualTo(found("y"));
        assertThat(lookup("y")).isEqualTo(UNKNOWN);
        assertThat(lookup("a")).isEqualTo(ABSENT);
    }

    @Test
    void flushesAndEvictionsLeaveTheCount() {
        apply(remember("x"));
        FrozenTable frozen = table.freeze();
        table.flushed(frozen);
        assertThat(table.evictOldest()).isPositive();
        assertThat(table.remembered()).isEqualTo(1);
        assertThat(table.lookup(Space.REMEMBERED, key("x"))).isEqualTo(UNKNOWN);
    }

    @Test
    void aFrozenTableGoesToTheStoreSpaceBySpace() {
        apply(remember("a"), put("z", "1"), expire(Space.REMEMBERED, "b"), put("c", "1"));
        assertThat(table.freeze().sorted())
                .extracting(change -> change.space() + " " + change.key())
                .containsExactly("KEYS c", "KEYS z", "REMEMBERED a", "REMEMBERED b");
    }

    @Test
    void theTimeOfTheLogGoesOnWithEveryEntry() {
        apply(new Change.Time());
        assertThat(table.logTimeMillis()).isEqualTo(10);
        apply(new Change.Time());
        assertThat(table.logTimeMillis()).isEqualTo(20);
    }
}
