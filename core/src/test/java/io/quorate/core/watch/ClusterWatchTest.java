package io.quorate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterWatchTest {
    private static final int PARTITIONS = 8;
    private static final int WAIT_MILLIS = 1_000;
    private static final WatchScope SCOPE = new WatchScope(new UUID(1, 2), PARTITIONS, 0, PARTITIONS);

    /** Of each partition the changes of each entry, from entry 1 on. */
    private final List<List<List<KeyChange>>> logs = new ArrayList<>();

    private int valueBytes = 1;

    ClusterWatchTest() {
        for (int i = 0; i < PARTITIONS; i++) {
            logs.add(new ArrayList<>());
        }
    }

    private void append(int partition, int changes) {
        List<List<KeyChange>> log = logs.get(partition);
        long index = log.size() + 1L;
        List<KeyChange> entry = new ArrayList<>();
        for (int item = 0; item < changes; item++) {
            Record record = new Record(Value.json("v".repeat(valueBytes)), new Revision(1, index), 0, Record.NEVER, "");
            entry.add(new KeyChange.Put(Bytes.utf8("k%d-%d".formatted(partition, item)), record, item, index));
        }
        log.add(entry);
    }

    /** One entry after the place, or that there is none. */
    private WatchOutcome answer(WatchRequest request) {
        List<List<KeyChange>> log = logs.get(request.partition());
        long seen = request.after()
                .map(after -> request.items() > 0 ? after.index() - 1 : after.index())
                .orElse((long) log.size());
        if (seen == log.size()) {
            return new WatchOutcome.Changes(List.of(), new Revision(1, seen), "w1");
        }
        List<KeyChange> entry = log.get((int) seen);
        return new WatchOutcome.Changes(entry.subList(request.items(), entry.size()), new Revision(1, seen + 1), "w1");
    }

    private static ClusterWatch watch(Optional<WatchPosition> from) {
        return new ClusterWatch(SCOPE, Bytes.EMPTY, from, WAIT_MILLIS);
    }

    private void answerAll(ClusterWatch watch) {
        watch.ask().forEach(request -> watch.answered(request.partition(), answer(request), true));
    }

    @Test
    void beginsOnceEveryPartitionHasSaidWhereItIs() {
        append(2, 1);
        ClusterWatch watch = watch(Optional.empty());
        List<WatchRequest> requests = watch.ask();
        assertThat(requests)
                .hasSize(PARTITIONS)
                .allMatch(request -> request.after().isEmpty() && request.waitMillis() == 0);
        for (WatchRequest request : requests) {
            assertThat(watch.hasBegun()).isFalse();
            watch.answered(request.partition(), answer(request), true);
        }
        assertThat(watch.hasBegun()).isTrue();
        assertThat(watch.position().after(2)).contains(new Revision(1, 1));
        assertThat(watch.ask()).hasSize(PARTITIONS).allMatch(request -> request.waitMillis() == WAIT_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoeverGoesOnWithThePositionOfAnyChangeMissesNothingAndGetsNothingTwice(long seed) {
        Random random = new Random(seed);
        ClusterWatch watch = watch(Optional.empty());
        answerAll(watch);
        List<KeyChange> shown = new ArrayList<>();
        List<WatchRequest> open = new ArrayList<>(watch.ask());
        for (int step = 0; step < 500; step++) {
            switch (random.nextInt(4)) {
                case 0 -> append(random.nextInt(PARTITIONS), random.nextInt(4));
                case 1 -> {
                    open.addAll(watch.ask());
                    if (!open.isEmpty()) {
                        WatchRequest request = open.remove(random.nextInt(open.size()));
                        watch.answered(request.partition(), answer(request), true);
                    }
                }
                case 2 -> watch.next().ifPresent(given -> shown.add(given.change()));
                default -> {
                    if (random.nextInt(10) == 0) {
                        watch = watch(WatchPosition.parse(watch.position().text()));
                        open.clear();
                    }
                }
            }
        }
        drain(watch, shown, open);
        for (List<List<KeyChange>> log : logs) {
            List<KeyChange> wanted = log.stream().flatMap(List::stream).toList();
            assertThat(shown.stream().filter(wanted::contains)).containsExactlyElementsOf(wanted);
        }
        assertThat(shown).doesNotHaveDuplicates();
    }

    private void drain(ClusterWatch watch, List<KeyChange> shown, List<WatchRequest> open) {
        for (int round = 0; round < 2_000; round++) {
            open.forEach(request -> watch.answered(request.partition(), answer(request), true));
            open.clear();
            for (var next = watch.next(); next.isPresent(); next = watch.next()) {
                shown.add(next.get().change());
            }
            open.addAll(watch.ask());
        }
    }

    @Test
    void aPartitionThatIsNotServedIsAskedAgain() {
        ClusterWatch watch = watch(Optional.of(begun().position()));
        WatchRequest first = watch.ask().getFirst();
        watch.answered(first.partition(), new WatchOutcome.NotServed(Problem.NO_LEADER, "nobody leads"), true);
        assertThat(watch.ask()).isEmpty();
        assertThat(watch.failure()).isEmpty();
        watch.retry();
        assertThat(watch.ask()).extracting(WatchRequest::partition).containsExactly(first.partition());
    }

    @Test
    void aWatchThatKnowsNoPlaceYetFailsWithItsPartition() {
        ClusterWatch watch = watch(Optional.empty());
        WatchRequest first = watch.ask().getFirst();
        watch.answered(first.partition(), new WatchOutcome.NotServed(Problem.NO_LEADER, "nobody leads"), true);
        assertThat(watch.failure()).isPresent();
        assertThat(watch.ask()).isEmpty();
    }

    @Test
    void aPlaceThatIsGoneEndsIt() {
        ClusterWatch watch = begun();
        watch.ask();
        watch.answered(3, new WatchOutcome.NotServed(Problem.POSITION_GONE, "not kept"), true);
        assertThat(watch.failure()).get().returns(Problem.POSITION_GONE, WatchOutcome.NotServed::problem);
    }

    private ClusterWatch begun() {
        ClusterWatch watch = watch(Optional.empty());
        answerAll(watch);
        return watch;
    }

    @Test
    void anEmptyAnswerAtThePlaceWhereItIsKeepsThePlaceWithinTheNextEntry() {
        append(1, 3);
        ClusterWatch watch = watch(Optional.of(begun().position().with(1, new Revision(1, 1), 2)));
        watch.ask();
        watch.answered(1, new WatchOutcome.Changes(List.of(), Revision.NONE, "w1"), true);
        assertThat(watch.position().items(1)).isEqualTo(2);
    }

    @Test
    void whatNobodyTakesIsBoundedAndComesLater() {
        valueBytes = 300_000;
        ClusterWatch watch = begun();
        for (int i = 0; i < 20; i++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                append(partition, 1);
            }
        }
        watch.ask().forEach(request -> watch.answered(request.partition(), answer(request), true));
        assertThat(watch.keptBytes())
                .isGreaterThan(ClusterWatch.MAX_KEPT_BYTES)
                .isLessThan(ClusterWatch.MAX_KEPT_BYTES + 400_000);
        assertThat(watch.ask()).isEmpty();
        List<KeyChange> shown = new ArrayList<>();
        drain(watch, shown, new ArrayList<>());
        assertThat(shown).hasSize(20 * PARTITIONS).doesNotHaveDuplicates();
        assertThat(watch.keptBytes()).isZero();
    }

    @Test
    void whatThereIsNoRoomForIsAskedForAgainLater() {
        append(1, 1);
        ClusterWatch watch = watch(Optional.of(begun().position().with(1, Revision.NONE, 0)));
        watch.ask().forEach(request -> watch.answered(request.partition(), answer(request), false));
        assertThat(watch.next()).isEmpty();
        assertThat(watch.hasBegun()).isTrue();
        watch.retry();
        assertThat(watch.ask()).extracting(WatchRequest::partition).contains(1);
    }

    @Test
    void whatComesAfterTheEndIsNotKept() {
        append(1, 1);
        ClusterWatch watch = watch(Optional.of(begun().position().with(1, Revision.NONE, 0)));
        List<WatchRequest> open = watch.ask();
        watch.end();
        open.forEach(request -> watch.answered(request.partition(), answer(request), true));
        assertThat(watch.keptBytes()).isZero();
        assertThat(watch.ask()).isEmpty();
    }
}
