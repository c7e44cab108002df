package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a listing is told to a subscriber. */
@Timeout(60)
class ListingSubscriptionTest {
    private static final int KEYS_OF_PAGE = 2;

    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private final List<Optional<String>> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger tellers = new AtomicInteger();

    /** Pages of two keys, as many as the test wants. */
    private final class Pages {
        private final int count;
        private final Optional<Refusal> failure;

        Pages(int count, Optional<Refusal> failure) {
            this.count = count;
            this.failure = failure;
        }

        PageResult page(ListOptions options) {
            asked.add(options.from());
            int number = options.from().map(Integer::parseInt).orElse(0);
            if (number == count) {
                return failure.<PageResult>map(PageResult.NotServed::new)
                        .orElseGet(() -> new PageResult.Page(List.of(), Optional.empty()));
            }
            List<ListedKey> items = new ArrayList<>();
            for (int i = 0; i < KEYS_OF_PAGE; i++) {
                Bytes key = Bytes.utf8("k" + (number * KEYS_OF_PAGE + i));
                items.add(new ListedKey(key, Optional.empty(), Revision.NONE, OptionalLong.empty()));
            }
            boolean last = number + 1 == count && failure.isEmpty();
            return new PageResult.Page(items, last ? Optional.empty() : Optional.of(Integer.toString(number + 1)));
        }
    }

    private Told<ListedKey> told() {
        return new Told<>(this::oneAtATime);
    }

    private String oneAtATime(ListedKey key) {
        assertThat(tellers.incrementAndGet()).isEqualTo(1);
        String shown = key.key().toString();
        tellers.decrementAndGet();
        return shown;
    }

    private Told<ListedKey> subscriber(int pages, Optional<Refusal> failure) {
        Told<ListedKey> told = told();
        start(told, new Pages(pages, failure));
        return told;
    }

    private void start(Told<ListedKey> told, Pages pages) {
        ListingSubscription.start(new ListingRun(ListOptions.of(Bytes.EMPTY), pages::page), told, threads);
    }

    @Test
    void aSubscriberIsToldNoMoreThanItAskedForAndNoPageIsFetchedBefore() {
        Told<ListedKey> told = subscriber(3, Optional.empty());
        told.subscription.join();
        assertThat(asked).isEmpty();

        told.request(1);
        told.request(1);
        await("two keys").until(() -> told.items.size() == 2);
        assertThat(asked).hasSize(1);
        told.request(1);
        await("a third one").until(() -> told.items.size() == 3);
        assertThat(told.items).containsExactly("k0", "k1", "k2");
        assertThat(asked).containsExactly(Optional.empty(), Optional.of("1"));
        assertThat(told.end).isNotDone();
    }

    @Test
    void theEndIsToldWithTheLastKeyAndNeedsNoFurtherDemand() throws Exception {
        Told<ListedKey> told = subscriber(2, Optional.empty());
        told.request(4);

        assertThat(told.end()).isNull();
        assertThat(told.items).containsExactly("k0", "k1", "k2", "k3");
        Told<ListedKey> nothing = subscriber(0, Optional.empty());
        nothing.request(1);
        assertThat(nothing.end()).isNull();
    }

    @Test
    void demandFromManyThreadsIsToldOneAfterTheOther() throws Exception {
        int keys = 2_000;
        Told<ListedKey> told = subscriber(keys / KEYS_OF_PAGE, Optional.empty());
        for (int i = 0; i < keys; i++) {
            threads.execute(() -> told.request(1));
        }
        assertThat(told.end()).isNull();
        assertThat(told.items)
                .hasSize(keys)
                .doesNotHaveDuplicates()
                .startsWith("k0", "k1")
                .endsWith("k1999");
    }

    @Test
    void demandThatCannotBeCountedIsWithoutEnd() throws Exception {
        Told<ListedKey> told = subscriber(5, Optional.empty());
        told.request(Long.MAX_VALUE);
        told.request(Long.MAX_VALUE);
        assertThat(told.end()).isNull();
        assertThat(told.items).hasSize(10);
    }

    @Test
    void aPageThatIsNotServedEndsItWithAnError() throws Exception {
        Told<ListedKey> told = subscriber(1, Optional.of(Refusal.of(Problem.NO_LEADER, "Nobody leads.")));
        told.request(Long.MAX_VALUE);

        assertThat(told.end()).isInstanceOfSatisfying(ListingEndedException.class, end -> {
            assertThat(end.why().is(Problem.NO_LEADER)).isTrue();
            assertThat(end.cursor()).contains("1");
        });
        assertThat(told.items).hasSize(2);
        told.request(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void whoeverCancelsIsToldNothingMore() {
        Told<ListedKey> told = new Told<>(this::oneAtATime) {
            @Override
            public void onNext(ListedKey key) {
                super.onNext(key);
                super.subscription.join().cancel();
            }
        };
        start(told, new Pages(1, Optional.empty()));
        told.request(1);
        await("one key").until(() -> told.items.size() == 1);
        told.request(Long.MAX_VALUE);
        told.request(0);

        assertThat(told.items).containsExactly("k0");
        assertThat(told.end).isNotDone();
    }

    @Test
    void aSubscriberThatAsksForNothingIsMistaken() throws Exception {
        Told<ListedKey> told = subscriber(1, Optional.empty());
        told.request(0);
        assertThat(told.end()).isInstanceOf(IllegalArgumentException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void closingTheClientEndsAListingThatIsWaitedFor() throws Exception {
        try (ScriptedWorker worker = new ScriptedWorker()) {
            worker.then(ScriptedWorker.cut());
            QuorateClient client = QuorateClient.builder()
                    .address(worker.address())
                    .onlyTheseWorkers()
                    .deadline(QuorateClientBuilder.MAX_DEADLINE)
                    .maxAttempts(1_000_000)
                    .build();
            Told<ListedKey> told = told();
            client.async().list(ListOptions.of(Bytes.EMPTY)).subscribe(told);
            told.request(1);
            await("a request").until(() -> !worker.received().isEmpty());
            client.close();
            assertThat(told.end()).isInstanceOf(ListingEndedException.class);
        }
    }
}
