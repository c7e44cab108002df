package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.changing;
import static io.quorate.core.replica.Entries.delete;
import static io.quorate.core.replica.Entries.key;
import static io.quorate.core.replica.Entries.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Space;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryRangeTest {
    private final KeyTable table = new KeyTable(LogPosition.START, 0, 0);
    private final NavigableMap<Bytes, Record> store = new TreeMap<>();
    private final Deque<FrozenTable> unflushed = new ArrayDeque<>();
    private int storeReads;

    private void apply(Change... changes) {
        table.apply(changing(table.applied().index() + 1, changes));
    }

    private void toStore(FrozenTable frozen) {
        frozen.sorted().stream()
                .filter(change -> change.space() == Space.KEYS)
                .forEach(change -> change.record()
                        .ifPresentOrElse(record -> store.put(change.key(), record), () -> store.remove(change.key())));
        table.flushed(frozen);
    }

    private List<KeyedRecord> stored(Bytes from, int limit) {
        storeReads++;
        return store.tailMap(from, true).entrySet().stream()
                .limit(Math.min(limit, 3))
                .map(each -> new KeyedRecord(each.getKey(), each.getValue()))
                .toList();
    }

    private ScannedPage page(String prefix, Bytes from, int limit, ScanDetail detail) {
        ScanRequest request = new ScanRequest(0, Bytes.utf8(prefix), from, limit, ScanRequest.MAX_BYTES, detail);
        return table.range(request.prefix()).page(request, this::stored);
    }

    private List<String> keys(String prefix, String from) {
        return page(prefix, Bytes.utf8(from), 100, ScanDetail.VALUES).records().stream()
                .map(found -> found.key() + "=" + found.record().value().bytes())
                .toList();
    }

    @Test
    void theNewestWordOnEachKeyCounts() {
        apply(put("a/1", "1"), put("a/2", "1"), put("b", "1"));
        toStore(table.freeze());
        apply(delete("a/1"), put("a/4", "1"));
        table.freeze();
        apply(put("a/3", "1"), put("a/4", "2"));

        assertThat(keys("a/", "")).containsExactly("a/2=1", "a/3=1", "a/4=2");
        assertThat(keys("a/", "a/3")).containsExactly("a/3=1", "a/4=2");
        assertThat(keys("", "")).containsExactly("a/2=1", "a/3=1", "a/4=2", "b=1");
        assertThat(keys("c", "")).isEmpty();
    }

    @Test
    void aReplicaThatStartsOverDoesNotShowWhatAnotherLeft() {
        store.put(key("ghost"), Entries.record("1"));
        FrozenTable first = table.freeze();
        table.startsOver(first);
        apply(put("a", "1"));

        assertThat(keys("", "")).containsExactly("a=1");
        assertThat(storeReads).isZero();
    }

    @Test
    void whatHasExpiredByTheLogIsNotThere() {
        apply(new Change.Put(key("a"), new Record(Value.json("1"), new Revision(1, 1), 0, 20, "")));
        ScannedPage before = page("", Bytes.EMPTY, 10, ScanDetail.VALUES);
        assertThat(before.count()).isEqualTo(1);
        assertThat(before.expiresMillis()).isEqualTo(20);
        apply(new Change.Time());
        assertThat(page("", Bytes.EMPTY, 10, ScanDetail.VALUES).count()).isZero();
    }

    @Test
    void aPageTellsOnlyAsMuchAsWasAsked() {
        apply(put("a", "1"), put("b", "2"));

        ScannedPage count = page("", Bytes.EMPTY, 10, ScanDetail.COUNT);
        assertThat(count.count()).isEqualTo(2);
        assertThat(count.records()).isEmpty();

        ScannedPage names = page("", Bytes.EMPTY, 1, ScanDetail.KEYS);
        assertThat(names.records()).map(KeyedRecord::key).containsExactly(key("a"));
        assertThat(names.records().getFirst().record().value().bytes()).isEqualTo(Bytes.EMPTY);
        assertThat(names.next()).contains(key("b"));
    }

    @Test
    void aPageEndsAtItsBytes() {
        apply(put("a", "x".repeat(60)), put("b", "y".repeat(60)), put("c", "z"));
        ScanRequest request = new ScanRequest(0, Bytes.EMPTY, Bytes.EMPTY, 10, 200, ScanDetail.VALUES);

        ScannedPage page = table.range(Bytes.EMPTY).page(request, this::stored);

        assertThat(page.count()).isEqualTo(2);
        assertThat(page.next()).contains(key("c"));
    }

    @Test
    void aPageEndsWhenItHasLookedAtALotOfWhatIsGone() {
        for (int i = 0; i <= PageInProgress.MAX_LOOKED_AT; i++) {
            apply(delete("gone-%06d".formatted(i)));
        }
        apply(put("z", "1"));

        ScannedPage page = page("", Bytes.EMPTY, 10, ScanDetail.VALUES);

        assertThat(page.count()).isZero();
        assertThat(page.next()).contains(key("gone-%06d".formatted(PageInProgress.MAX_LOOKED_AT)));
        assertThat(page("", page.next().orElseThrow(), 10, ScanDetail.VALUES).count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pagesTogetherShowEveryKeyOnce(long seed) {
        Random random = new Random(seed);
        NavigableMap<Bytes, String> model = new TreeMap<>();
        for (int step = 0; step < 400; step++) {
            String name = (random.nextBoolean() ? "a/" : "b/") + random.nextInt(40);
            switch (random.nextInt(12)) {
                case 0 -> unflushed.addLast(table.freeze());
                case 1 -> flushOldest();
                case 2, 3, 4 -> {
                    apply(delete(name));
                    model.remove(key(name));
                }
                default -> {
                    apply(put(name, "v" + step));
                    model.put(key(name), "v" + step);
                }
            }
            if (step % 10 == 0) {
                String prefix = List.of("", "a/", "b/", "a/1", "c").get(random.nextInt(5));
                assertThat(inPages(prefix, 1 + random.nextInt(7))).isEqualTo(startingWith(model, prefix));
            }
        }
    }

    private void flushOldest() {
        if (!unflushed.isEmpty()) {
            toStore(unflushed.removeFirst());
        }
    }

    private NavigableMap<Bytes, String> inPages(String prefix, int limit) {
        NavigableMap<Bytes, String> found = new TreeMap<>();
        Optional<Bytes> from = Optional.of(Bytes.EMPTY);
        while (from.isPresent()) {
            ScannedPage page = page(prefix, from.get(), limit, ScanDetail.VALUES);
            assertThat(page.count()).isLessThanOrEqualTo(limit);
            page.records()
                    .forEach(each -> assertThat(found.put(
                                    each.key(), each.record().value().bytes().toString()))
                            .isNull());
            from = page.next();
        }
        return found;
    }

    private static NavigableMap<Bytes, String> startingWith(NavigableMap<Bytes, String> model, String prefix) {
        NavigableMap<Bytes, String> wanted = new TreeMap<>(model);
        wanted.keySet().removeIf(key -> !key.startsWith(Bytes.utf8(prefix)));
        return wanted;
    }
}
