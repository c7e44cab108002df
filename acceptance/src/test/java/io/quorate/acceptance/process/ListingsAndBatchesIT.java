package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Problem;
import io.quorate.api.Value;
import io.quorate.client.AtomicResult;
import io.quorate.client.BatchItem;
import io.quorate.client.BatchItemResult;
import io.quorate.client.CountResult;
import io.quorate.client.ListOptions;
import io.quorate.client.ListedKey;
import io.quorate.client.PageResult;
import io.quorate.client.QuorateClient;
import io.quorate.client.ReadResult;
import io.quorate.client.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Listings and batches of the Java client against a cluster of processes, of which some are killed. */
class ListingsAndBatchesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Bytes PREFIX = Bytes.utf8("listed/");
    private static final Bytes COUNTER = Bytes.utf8("batched");
    private static final Bytes GIVES = Bytes.utf8("{pair}/gives");
    private static final Bytes TAKES = Bytes.utf8("{pair}/takes");
    private static final int CLIENTS = 8;
    private static final int EACH = 40;
    private static final int KEYS_OF_BATCH = 9;
    private static final int PAGE_SIZE = 100;

    @Test
    void every_batch_counts_once_and_every_key_is_listed_once_although_leaders_are_killed(TestReporter reporter)
            throws InterruptedException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("lists", "--partitions", "8");
                QuorateClient client = QuorateClient.builder()
                        .address(cluster.address("c1"))
                        .deadline(Duration.ofSeconds(30))
                        .build()) {
            everyItemOfABatchHasItsResult(client);
            anAtomicBatchIsDoneAltogetherOrNotAtAll(client);
            Load load = new Load(client);
            load.begin();
            await("a third of the batches").atMost(PATIENCE).until(() -> load.done.get() > CLIENTS * EACH / 3);
            String leader = cluster.get("c1", "/map?key=" + COUNTER).text("primaryId");
            cluster.kill(leader);
            int before = load.done.get();
            load.end();
            reporter.publishEntry("%s killed after %d of %d batches".formatted(leader, before, load.done.get()));
            assertThat(before).isLessThan(CLIENTS * EACH);
            assertThat(load.others).isEmpty();
            assertThat(number(client, COUNTER)).isEqualTo(CLIENTS * EACH);
            assertThat(number(client, TAKES)).isEqualTo(CLIENTS * EACH);
            assertThat(number(client, GIVES)).isEqualTo(-CLIENTS * EACH);

            cluster.start(leader);
            cluster.awaitWhole(PATIENCE);
            String another = cluster.get("c1", "/map?key=" + COUNTER).text("primaryId");
            assertThat(listedWhile(client, () -> cluster.kill(another)))
                    .containsExactlyElementsOf(load.written.keySet());
            assertThat(client.count(PREFIX)).isEqualTo(new CountResult.Counted(load.written.size()));
            assertThat(subscribed(client)).isEqualTo(new TreeMap<>(load.written));
        }
    }

    /** Clients that each write batches of puts and an addition, and move one from a number to another. */
    private static final class Load {
        private final QuorateClient client;
        private final Map<Bytes, Value> written = new ConcurrentSkipListMap<>();
        private final List<Object> others = new ArrayList<>();
        private final AtomicInteger done = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        Load(QuorateClient client) {
            this.client = client;
        }

        void begin() {
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                threads.add(Thread.ofVirtual().start(() -> write(number)));
            }
        }

        void end() throws InterruptedException {
            for (Thread each : threads) {
                each.join();
            }
        }

        private void write(int number) {
            for (int round = 0; round < EACH; round++) {
                List<BatchItem> items = new ArrayList<>();
                items.add(new BatchItem.Write(new Command.Add(COUNTER, 1)));
                for (int i = 0; i < KEYS_OF_BATCH; i++) {
                    Bytes key = Bytes.utf8("listed/" + number + "-" + round + "-" + i);
                    Value value = Value.raw(Bytes.utf8("value " + i), "text/x");
                    items.add(new BatchItem.Write(new Command.Put(key, value)));
                    written.put(key, value);
                }
                note(client.batch(items));
                note(List.of(client.atomicBatch(List.of(new Command.Add(GIVES, -1), new Command.Add(TAKES, 1)))));
                done.incrementAndGet();
            }
        }

        private void note(List<?> results) {
            synchronized (others) {
                results.stream()
                        .filter(each -> !(each instanceof WriteResult.Applied || each instanceof AtomicResult.Applied))
                        .forEach(others::add);
            }
        }
    }

    private static void everyItemOfABatchHasItsResult(QuorateClient client) {
        Bytes key = Bytes.wrap(new byte[] {'a', (byte) 0xFF});
        Value value = Value.raw(Bytes.wrap(new byte[] {(byte) 0xFF, 0}), "image/x");
        Lifetime hour = new Lifetime.For(3_600_000);
        List<BatchItem> writes = List.of(
                new BatchItem.Write(new Command.Put(key, value, new Condition.Absent(), hour)),
                new BatchItem.Write(new Command.Add(Bytes.utf8("n"), 5)),
                new BatchItem.Write(new Command.Delete(Bytes.utf8("none"))),
                new BatchItem.Write(new Command.Delete(Bytes.utf8("none"), new Condition.AnyOf(List.of()))),
                new BatchItem.Write(new Command.Retime(Bytes.utf8("none"), hour, Condition.ALWAYS)));
        List<BatchItemResult> results = client.batch(writes, "batch of once");
        assertThat(client.batch(writes, "batch of once")).as("repeated").isEqualTo(results);
        assertThat(client.write(new Command.Add(Bytes.utf8("n"), 5), "batch of once#1"))
                .as("one item repeated by itself")
                .isInstanceOfSatisfying(
                        WriteResult.Applied.class,
                        applied -> assertThat(applied.sum()).isEqualTo(OptionalLong.of(5)));
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        WriteResult.Applied.class,
                        applied -> assertThat(applied.sum()).isEqualTo(OptionalLong.of(5)));
        assertThat(results.get(2))
                .isInstanceOfSatisfying(
                        WriteResult.Applied.class,
                        applied -> assertThat(applied.existed()).isFalse());
        assertThat(results.get(3)).isInstanceOf(WriteResult.ConditionFailed.class);
        assertThat(results.get(4))
                .isInstanceOfSatisfying(
                        WriteResult.NotApplied.class,
                        refused -> assertThat(refused.why().is(Problem.KEY_NOT_FOUND))
                                .isTrue());
        List<BatchItemResult> reads = client.async()
                .batch(List.of(new BatchItem.Read(key), new BatchItem.Read(Bytes.utf8("none"))))
                .join();
        assertThat(reads.getFirst()).isInstanceOfSatisfying(ReadResult.Found.class, found -> {
            assertThat(found.value()).isEqualTo(value);
            assertThat(found.timeToLive()).get().matches(left -> left.compareTo(Duration.ofHours(1)) <= 0);
        });
        assertThat(reads.getLast()).isInstanceOf(ReadResult.Missing.class);
    }

    private static void anAtomicBatchIsDoneAltogetherOrNotAtAll(QuorateClient client) {
        Bytes first = Bytes.utf8("{tag}/first");
        Command put = new Command.Put(first, Value.json("1"));
        Command ifAbsent = new Command.Put(first, Value.json("2"), new Condition.Absent(), Lifetime.FOREVER);
        assertThat(client.atomicBatch(List.of(put, ifAbsent)))
                .isInstanceOfSatisfying(
                        AtomicResult.ConditionFailed.class,
                        failed -> assertThat(failed.item()).isEqualTo(1));
        assertThat(client.get(first)).isInstanceOf(ReadResult.Missing.class);
        AtomicResult.Applied done = applied(client, List.of(put, new Command.Add(first, 2)));
        assertThat(done.items().getLast().sum()).isEqualTo(OptionalLong.of(3));
        assertThat(done.copies()).isPresent();
        assertThat(client.atomicBatch(
                        List.of(new Command.Get(first), new Command.Add(first, 1), new Command.Get(first))))
                .isInstanceOfSatisfying(
                        AtomicResult.Applied.class,
                        told -> assertThat(List.of(
                                        told.items().getFirst(), told.items().getLast()))
                                .extracting(item -> item.found()
                                        .orElseThrow()
                                        .value()
                                        .bytes()
                                        .toString())
                                .containsExactly("3", "4"));
        AtomicResult.Applied again = applied(client, List.of(put, new Command.Add(first, 2)));
        assertThat(again.revision()).isEqualTo(done.revision());
        assertThat(again.items()).isEqualTo(done.items());
        assertThat(client.atomicBatch(List.of(put, new Command.Delete(Bytes.utf8("elsewhere")))))
                .isInstanceOfSatisfying(
                        AtomicResult.NotApplied.class,
                        refused -> assertThat(refused.why().is(Problem.BAD_REQUEST))
                                .isTrue());
    }

    private static AtomicResult.Applied applied(QuorateClient client, List<Command> commands) {
        AtomicResult result = client.atomicBatch(commands, "atomic once");
        assertThat(result).isInstanceOf(AtomicResult.Applied.class);
        return (AtomicResult.Applied) result;
    }

    private static long number(QuorateClient client, Bytes key) {
        ReadResult read = client.get(key);
        assertThat(read).isInstanceOf(ReadResult.Found.class);
        return Long.parseLong(((ReadResult.Found) read).value().bytes().asUtf8().orElseThrow());
    }

    private static List<Bytes> listedWhile(QuorateClient client, Runnable event) {
        ListOptions options = ListOptions.of(PREFIX).pageSize(PAGE_SIZE);
        List<Bytes> keys = new ArrayList<>();
        for (ListedKey each : client.list(options)) {
            keys.add(each.key());
            assertThat(each.value()).isEmpty();
            if (keys.size() == PAGE_SIZE) {
                event.run();
            }
        }
        assertThat(client.page(options))
                .isInstanceOfSatisfying(
                        PageResult.Page.class,
                        page -> assertThat(page.items())
                                .extracting(ListedKey::key)
                                .isEqualTo(keys.subList(0, page.items().size())));
        return keys;
    }

    private static Map<Bytes, Value> subscribed(QuorateClient client) {
        OneByOne all = new OneByOne();
        client.async()
                .list(ListOptions.of(PREFIX).withValues().pageSize(PAGE_SIZE))
                .subscribe(all);
        return all.result.join();
    }

    /** Asks for one key after the other. */
    private static final class OneByOne implements Flow.Subscriber<ListedKey> {
        private final Map<Bytes, Value> taken = new TreeMap<>();
        private final CompletableFuture<Map<Bytes, Value>> result = new CompletableFuture<>();
        private Optional<Flow.Subscription> subscription = Optional.empty();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = Optional.of(given);
            given.request(1);
        }

        @Override
        public void onNext(ListedKey key) {
            taken.put(key.key(), key.value().orElseThrow());
            subscription.orElseThrow().request(1);
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(taken);
        }
    }
}
