package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watches of a client against workers that answer what the test says. */
@Timeout(60)
class WatchTest {
    private static final WatchOptions ALL = WatchOptions.of(Bytes.EMPTY);

    private final ScriptedWorker w1 = new ScriptedWorker();
    private final ScriptedWorker w2 = new ScriptedWorker();
    private final QuorateClient client = QuorateClient.builder()
            .address(w1.address())
            .address(w2.address())
            .onlyTheseWorkers()
            .build();

    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch connectionLost = new CountDownLatch(1);

    @AfterEach
    void closeAll() {
        never.countDown();
        client.close();
        w1.close();
        w2.close();
    }

    private static String alive(int position) {
        return "{\"event\":\"heartbeat\",\"position\":\"at-" + position + "\"}\n";
    }

    private static String deleted(int position) {
        return "{\"event\":\"delete\",\"key\":\"k\",\"revision\":\"1-1\",\"timeMillis\":5,\"partition\":0,\"position\":\"at-"
                + position + "\"}\n";
    }

    private static ScriptedWorker.Step cutAfter(String... lines) {
        return ScriptedWorker.stream(body -> {
            for (String line : lines) {
                body.write(line);
            }
        });
    }

    /** Writes the lines and then heartbeats until nobody takes them any more. */
    private ScriptedWorker.Step lastingAfter(String... lines) {
        return ScriptedWorker.stream(body -> {
            try {
                for (String line : lines) {
                    body.write(line);
                }
                while (!never.await(1, TimeUnit.MILLISECONDS)) {
                    body.write(alive(0));
                }
            } catch (IOException lost) {
                connectionLost.countDown();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static ScriptedWorker.Step gone() {
        return ScriptedWorker.with(410, Map.of(), Answers.problemBody(Problem.POSITION_GONE, "not_applied"));
    }

    private static Told<WatchEvent> told() {
        return new Told<>(WatchEvent::position);
    }

    private Told<WatchEvent> subscriber() {
        Told<WatchEvent> told = told();
        client.async().watch(ALL).subscribe(told);
        return told;
    }

    @Test
    void aLoopGoesOnAtTheNextWorkerAndEndsWhenThePositionIsGone() {
        w1.then(cutAfter(alive(0), deleted(1), deleted(2).substring(0, 40))).then(gone());
        w2.then(cutAfter(alive(1), deleted(2), deleted(3)));
        List<String> positions = new ArrayList<>();

        assertThatExceptionOfType(WatchEndedException.class)
                .isThrownBy(() -> {
                    try (Watch watch = client.watch(ALL)) {
                        watch.forEach(event -> positions.add(event.position()));
                    }
                })
                .satisfies(
                        end -> assertThat(end.why().is(Problem.POSITION_GONE)).isTrue())
                .satisfies(end -> assertThat(end.position()).contains("at-3"));
        assertThat(positions).containsExactly("at-0", "at-1", "at-1", "at-2", "at-3");
        assertThat(w2.received().getFirst().target()).endsWith("&from=at-1");
        assertThat(w1.received().getLast().target()).endsWith("&from=at-3");
    }

    @Test
    void closingAWatchEndsItsLoopAndItsConnection() throws Exception {
        w1.then(lastingAfter(alive(0)));
        Watch watch = client.watch(ALL);
        CompletableFuture<Integer> events = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            int count = 0;
            for (WatchEvent _ : watch) {
                count++;
                begun.countDown();
            }
            events.complete(count);
        });
        begun.await();
        watch.close();

        assertThat(events.get(10, TimeUnit.SECONDS)).isPositive();
        assertThat(connectionLost.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsALoopAndStaysSet() {
        w1.then(lastingAfter(alive(0)));
        try (Watch watch = client.watch(ALL)) {
            Thread.currentThread().interrupt();
            assertThat(watch.iterator().hasNext()).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aSubscriberIsToldNoMoreThanItAskedFor() {
        w1.then(lastingAfter(alive(0), deleted(1), deleted(2), deleted(3)));
        Told<WatchEvent> told = subscriber();

        told.request(2);
        await("two events").until(() -> told.items.size() == 2);
        told.request(1);
        await("a third one").until(() -> told.items.size() == 3);
        assertThat(told.items).containsExactly("at-0", "at-1", "at-2");
        told.request(Long.MAX_VALUE);
        told.request(Long.MAX_VALUE);
        await("all others").until(() -> told.items.size() > 10);
    }

    @Test
    void whatIsNotAskedForIsNotReadBeyondWhatOneConnectionBuffers() {
        AtomicLong writtenBytes = new AtomicLong();
        String longLine = deleted(1).replace("\"k\"", "\"" + "k".repeat(64 << 10) + "\"");
        long lines = 1_024;
        w1.then(ScriptedWorker.stream(body -> {
                    body.write(alive(0));
                    for (long i = 0; i < lines; i++) {
                        body.write(longLine);
                        writtenBytes.addAndGet(longLine.length());
                    }
                    body.write(deleted(2));
                }))
                .then(gone());
        w2.then(gone());
        Told<WatchEvent> told = subscriber();

        told.request(2);
        await("two events").until(() -> told.items.size() == 2);
        await("a worker that is slowed down")
                .during(Duration.ofMillis(300))
                .until(() -> writtenBytes.get() < lines * longLine.length() / 2);
        told.request(Long.MAX_VALUE);
        await("the rest").until(() -> told.items.size() == lines + 2);
        assertThat(told.items.getLast()).isEqualTo("at-2");
    }

    @Test
    void askingForNothingIsAMistakeThatIsTold() throws Exception {
        w1.then(lastingAfter(alive(0), deleted(1)));
        Told<WatchEvent> told = new Told<>(WatchEvent::position) {
            @Override
            public void onNext(WatchEvent event) {
                super.onNext(event);
                request(0);
            }
        };
        client.async().watch(ALL).subscribe(told);
        told.request(1);
        assertThat(told.end()).isInstanceOf(IllegalArgumentException.class);
        assertThat(told.items).hasSize(1);
    }

    @Test
    void cancellingClosesTheConnectionAndTellsNothingMore() throws Exception {
        w1.then(lastingAfter(alive(0)));
        Told<WatchEvent> told = subscriber();
        told.request(1);
        await("one event").until(() -> told.items.size() == 1);
        told.subscription.join().cancel();
        told.subscription.join().cancel();

        assertThat(connectionLost.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told.end).isNotDone();
        assertThat(told.items).hasSize(1);
        assertThat(w2.received()).isEmpty();
    }

    @Test
    void aSubscriberIsToldWhyItEnds() throws Exception {
        w1.then(gone());
        Told<WatchEvent> told = subscriber();
        told.request(1);
        assertThat(told.end())
                .isInstanceOfSatisfying(
                        WatchEndedException.class,
                        end -> assertThat(end.why()).isEqualTo(Answers.refusal(Problem.POSITION_GONE)));
    }

    @Test
    void aSubscriberThatAsksForNothingIsMistaken() throws Exception {
        Told<WatchEvent> told = subscriber();
        told.request(0);
        assertThat(told.end()).isInstanceOf(IllegalArgumentException.class);
        assertThat(w1.received()).isEmpty();
    }

    @Test
    void eachSubscriberHasAWatchOfItsOwn() {
        w1.then(lastingAfter(alive(0)));
        Flow.Publisher<WatchEvent> publisher = client.async().watch(ALL);
        List<Told<WatchEvent>> both = List.of(told(), told());
        both.forEach(publisher::subscribe);
        both.forEach(told -> told.request(2));
        await("events").until(() -> both.stream().allMatch(told -> told.items.size() == 2));
        assertThat(w1.received()).hasSize(2);
    }

    @Test
    void closingTheClientEndsItsWatches() throws Exception {
        w1.then(lastingAfter(alive(0)));
        Told<WatchEvent> idle = subscriber();
        Told<WatchEvent> busy = subscriber();
        Watch watch = client.watch(ALL);
        busy.request(Long.MAX_VALUE);
        await("events").until(() -> !busy.items.isEmpty());
        client.close();

        assertThat(idle.end()).isNull();
        assertThat(busy.end()).isNull();
        assertThat(watch.iterator().hasNext()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> client.watch(ALL));
    }

    @Test
    void watchesAreBoundedAndOneThatIsClosedMakesRoom() throws Exception {
        List<Watch> open = Stream.generate(() -> client.watch(ALL))
                .limit(Watches.MAX_WATCHES)
                .toList();
        assertThatExceptionOfType(WatchEndedException.class)
                .isThrownBy(() -> client.watch(ALL))
                .satisfies(end -> assertThat(end.why().is(Problem.OVERLOADED)).isTrue());
        assertThat(subscriber().end()).isInstanceOf(WatchEndedException.class);
        open.getFirst().close();
        client.watch(ALL).close();
    }
}
