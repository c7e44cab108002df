package io.quorate.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MergedScanTest {
    private static final ReadOutcome.Served SERVED =
            new ReadOutcome.Served("w1", "leader", Consistency.LINEARIZABLE, new Revision(1, 1));

    private final List<TreeSet<Bytes>> partitions = new ArrayList<>();
    private int valueBytes = 1;

    private void spread(int count, int keys, Random random) {
        for (int i = 0; i < count; i++) {
            partitions.add(new TreeSet<>());
        }
        for (int i = 0; i < keys; i++) {
            partitions.get(random.nextInt(count)).add(Bytes.utf8("k%05d".formatted(i)));
        }
    }

    private ScanOutcome answer(ScanRequest request) {
        List<Bytes> wanted = partitions.get(request.partition()).tailSet(request.start(), true).stream()
                .filter(key -> key.startsWith(request.prefix()))
                .toList();
        int most = request.detail() == ScanDetail.VALUES ? Math.max(1, request.maxBytes() / valueBytes) : 10_000;
        List<Bytes> page = wanted.subList(0, Math.min(wanted.size(), Math.min(most, request.limit())));
        Optional<Bytes> next = page.size() == wanted.size() ? Optional.empty() : Optional.of(wanted.get(page.size()));
        List<KeyedRecord> records = page.stream().map(this::record).toList();
        boolean count = request.detail() == ScanDetail.COUNT;
        return new ScanOutcome.Page(count ? List.of() : records, records.size(), next, SERVED);
    }

    private KeyedRecord record(Bytes key) {
        Value value = Value.json("v".repeat(valueBytes));
        return new KeyedRecord(key, new Record(value, new Revision(1, 1), 0, Record.NEVER, ""));
    }

    /** Answers in a random order until it ends. */
    private void run(PartitionScans scan, Random random) {
        List<ScanRequest> open = new ArrayList<>(scan.ask());
        while (!scan.isEnded()) {
            assertThat(open).as("what is asked for").isNotEmpty();
            assertThat(open.size()).isLessThanOrEqualTo(MergedScan.MAX_ASKED);
            ScanRequest request = open.remove(random.nextInt(open.size()));
            scan.answered(request.partition(), answer(request));
            if (scan instanceof MergedScan merged) {
                assertThat(merged.bufferedBytes()).isLessThan(18L << 20);
            }
            open.addAll(scan.ask());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pagesTogetherAreAllKeysInOrder(long seed) {
        Random random = new Random(seed);
        spread(1 + random.nextInt(40), 700, random);
        String prefix = List.of("", "k", "k001", "x").get(random.nextInt(4));
        int limit = 1 + random.nextInt(300);
        List<Bytes> found = new ArrayList<>();
        Optional<Bytes> from = Optional.of(Bytes.EMPTY);
        while (from.isPresent()) {
            MergedScan scan = new MergedScan(partitions.size(), Bytes.utf8(prefix), from.get(), limit, ScanDetail.KEYS);
            run(scan, random);
            assertThat(scan.records().size()).isLessThanOrEqualTo(limit);
            scan.records().forEach(each -> found.add(each.key()));
            from = scan.next();
        }
        assertThat(found).isEqualTo(all(prefix));

        CountScan count = new CountScan(partitions.size(), Bytes.utf8(prefix));
        run(count, random);
        assertThat(count.count()).isEqualTo(found.size());
    }

    private List<Bytes> all(String prefix) {
        TreeSet<Bytes> all = new TreeSet<>();
        partitions.forEach(all::addAll);
        return all.stream().filter(key -> key.startsWith(Bytes.utf8(prefix))).toList();
    }

    @Test
    void aPageEndsAtItsBytes() {
        valueBytes = 1 << 20;
        spread(3, 20, new Random(1));
        MergedScan scan = new MergedScan(3, Bytes.EMPTY, Bytes.EMPTY, 1_000, ScanDetail.VALUES);

        run(scan, new Random(1));

        assertThat(scan.records()).hasSize(4);
        assertThat(scan.next()).contains(Bytes.utf8("k00003").successor());
    }

    @Test
    void largeValuesOfManyPartitionsAreNotAllKept() {
        valueBytes = 1 << 20;
        spread(40, 60, new Random(2));
        List<Bytes> found = new ArrayList<>();
        Optional<Bytes> from = Optional.of(Bytes.EMPTY);
        int pages = 0;
        while (from.isPresent()) {
            MergedScan scan = new MergedScan(40, Bytes.EMPTY, from.get(), 100, ScanDetail.VALUES);
            run(scan, new Random(3));
            scan.records().forEach(each -> found.add(each.key()));
            from = scan.next();
            pages++;
        }
        assertThat(found).isEqualTo(all(""));
        assertThat(pages).isGreaterThan(10);
    }

    @Test
    void whatWasGivenOutBeforeAFailureIsAPage() {
        spread(2, 200, new Random(1));
        MergedScan scan = new MergedScan(2, Bytes.EMPTY, Bytes.EMPTY, 100, ScanDetail.KEYS);
        ScanOutcome.NotServed lost = new ScanOutcome.NotServed(Problem.NO_LEADER, "nobody leads");

        List<ScanRequest> first = scan.ask();
        scan.answered(0, answer(first.get(0)));
        scan.answered(
                1,
                new ScanOutcome.Page(List.of(record(Bytes.utf8("k00000"))), 1, Optional.of(Bytes.utf8("k")), SERVED));
        ScanRequest more = scan.ask().getFirst();
        scan.answered(more.partition(), lost);

        assertThat(scan.isEnded()).isTrue();
        assertThat(scan.failure()).contains(lost);
        assertThat(scan.records()).isNotEmpty();
        assertThat(scan.next()).contains(scan.records().getLast().key().successor());
    }

    @Test
    void afterAFailureNothingIsAskedFor() {
        spread(40, 10, new Random(1));
        CountScan scan = new CountScan(40, Bytes.EMPTY);
        scan.ask();
        scan.answered(3, new ScanOutcome.NotServed(Problem.NO_QUORUM, "no quorum"));

        assertThat(scan.isEnded()).isTrue();
        assertThat(scan.ask()).isEmpty();
    }
}
