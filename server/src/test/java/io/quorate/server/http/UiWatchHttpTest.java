package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WatchOutcome;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.ControllerService.WorkerView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches that a controller passes on to the page. */
class UiWatchHttpTest {
    private static final int PARTITIONS = 2;
    private static final String WATCH = "/ui/api/watch";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeController controller = new FakeController();
    private final FakeWorker first = new FakeWorker("w1");
    private final FakeWorker second = new FakeWorker("w2");
    private final Map<FakeWorker, Integer> ports = Map.of(first, fixture.worker(first), second, fixture.worker(second));
    private final int port = fixture.controller(controller);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void twoWorkers() {
        for (FakeWorker worker : List.of(first, second)) {
            worker.map = new ClusterMap(3, Optional.empty(), PARTITIONS, 3, 2, Map.of(), Map.of());
            controller.workers.add(
                    Samples.worker(worker.id, "http://127.0.0.1:" + ports.get(worker), WorkerView.Status.UP));
        }
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        fixture.close();
    }

    private static HttpRequest request(int at, String target) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + at + target))
                .header("Accept", "application/x-ndjson")
                .build();
    }

    private CompletableFuture<HttpResponse<Stream<String>>> watch(int at, String target) {
        return client.sendAsync(request(at, target), BodyHandlers.ofLines());
    }

    private void answer(FakeWorker worker, int partition, WatchOutcome outcome) {
        Waiting.until(() -> waits(worker, partition).isPresent());
        FakeWorker.Watch watch = waits(worker, partition).orElseThrow();
        worker.watches.remove(watch);
        fixture.onWorkerLoop(
                Objects.requireNonNull(ports.get(worker)),
                () -> watch.whenDone().accept(outcome));
    }

    private static Optional<FakeWorker.Watch> waits(FakeWorker worker, int partition) {
        return List.copyOf(worker.watches).stream()
                .filter(watch -> watch.request().partition() == partition)
                .findFirst();
    }

    private static WatchOutcome changes(long upTo, KeyChange... changes) {
        return new WatchOutcome.Changes(List.of(changes), new Revision(3, upTo), "w1");
    }

    private static KeyChange put(String key, String value, long index) {
        Record record = new Record(Value.json(value), new Revision(3, index), 0, Record.NEVER, "");
        return new KeyChange.Put(Bytes.utf8(key), record, 0, 1_000);
    }

    private void begin(FakeWorker worker) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            answer(worker, partition, changes(10));
        }
    }

    private Iterator<String> begun(FakeWorker worker) {
        var answer = watch(port, WATCH);
        begin(worker);
        Iterator<String> lines = answer.join().body().iterator();
        assertThat(lines.next()).contains("heartbeat");
        return lines;
    }

    @Test
    void changesComeAsTheWorkerShowsThem() {
        var answer = watch(port, WATCH + "?prefix=k");
        begin(first);
        HttpResponse<Stream<String>> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Quorate-Asked")).contains("w1");
        Iterator<String> lines = response.body().iterator();
        assertThat(lines.next()).startsWith("{\"event\":\"heartbeat\"");
        answer(first, 1, changes(11, put("k1", "v", 11)));
        assertThat(lines.next()).startsWith("{\"event\":\"put\",\"key\":\"k1\",\"value\":\"v\",\"revision\":\"3-11\"");
        answer(first, 0, new WatchOutcome.NotServed(Problem.POSITION_GONE, "so it is"));
        assertThat(lines.next()).contains("\"event\":\"problem\"", "\"status\":410");
        assertThat(lines.hasNext()).isFalse();
        assertThat(fixture.metered).contains("GET /ui/api/watch 200");
    }

    @Test
    void eachRequestBeginsWithAnotherWorker() {
        begun(first);
        begun(second);
    }

    @Test
    void aWorkerThatIsNotReachedIsPassedOver() {
        controller.workers.set(0, Samples.worker("w1", "http://127.0.0.1:1", WorkerView.Status.UP));
        begun(second);
        controller.workers.removeLast();
        assertThat(watch(port, WATCH).join().statusCode()).isEqualTo(503);
    }

    @Test
    void whatIsRefusedIsSaid() throws IOException {
        assertThat(send(port, "GET", WATCH + "?from=nowhere").status()).isEqualTo(400);
        assertThat(send(port, "GET", WATCH + "?duration=soon").status()).isEqualTo(400);
        assertThat(send(port, "GET", WATCH + "?to=x").status()).isEqualTo(400);
        assertThat(send(port, "GET", WATCH + "?prefix=" + "k".repeat(4_097)).status())
                .isEqualTo(414);
        assertThat(send(port, "HEAD", WATCH).header("Allow")).contains("GET");
        assertThat(send(port, "POST", WATCH).status()).isEqualTo(405);
        assertThat(first.watches).isEmpty();
        assertThat(second.watches).isEmpty();
        var gone = watch(port, WATCH);
        FakeWorker asked = asked();
        answer(asked, 0, new WatchOutcome.NotServed(Problem.POSITION_GONE, "so it is"));
        assertThat(gone.join().statusCode()).isEqualTo(410);
        assertThat(gone.join().body().findFirst().orElseThrow()).contains("urn:quorate:problem:position-gone");
        controller.workers.clear();
        assertThat(send(port, "GET", WATCH).status()).isEqualTo(503);
    }

    private FakeWorker asked() {
        Waiting.until(() -> !first.watches.isEmpty() || !second.watches.isEmpty());
        return first.watches.isEmpty() ? second : first;
    }

    @Test
    void aWorkerThatDoesNotBeginInTimeIsNotWaitedFor() throws IOException {
        int impatient = fixture.controller(controller, HttpFixture.settings().withRequestTimeoutMillis(300));
        Answer late = send(impatient, "GET", WATCH);
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.json().path("detail").asString("")).contains("w1");
    }

    @Test
    void aWatchWhoseWorkerIsLostIsCutOffAndNotEnded() {
        Iterator<String> lines = begun(first);
        fixture.closeWorkers();
        assertThatThrownBy(lines::hasNext).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aClientThatLeavesEndsTheWatchOfItsWorker() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(HttpFixture.head("GET", WATCH) + "\r\n");
            begin(first);
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(fixture.openWatches()).isEqualTo(1);
        }
        Waiting.until(() -> fixture.openWatches() == 0);
    }

    @Test
    void aClientThatDoesNotReadHoldsItsWatchBackAndNothingElse() throws IOException {
        var answer = client.sendAsync(request(port, WATCH), BodyHandlers.ofInputStream());
        begin(first);
        try (InputStream unread = answer.join().body()) {
            String large = "v".repeat(1_000_000);
            int taken = 0;
            for (long index = 11; index < 90 && isAskedAgain(); index++, taken++) {
                answer(first, 0, changes(index, put("k", large, index)));
            }
            assertThat(taken)
                    .as("MB that two connections, the kernel, the relay and the watch keep")
                    .isBetween(1, 40);
            assertThat(send(port, "GET", "/health").status()).isEqualTo(200);
            assertThat(unread.read()).isEqualTo('{');
        }
    }

    /** Whether the first partition is asked for more within a while. */
    private boolean isAskedAgain() {
        long end = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (waits(first, 0).isPresent()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    @Test
    void noMoreThanSoManyAreUnderWay() throws IOException {
        int patient = fixture.controller(controller, HttpFixture.settings().withRequestTimeoutMillis(20_000));
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < StreamRelay.MAX_STREAMS; i++) {
                connections.add(new RawConnection(patient).send(HttpFixture.head("GET", WATCH) + "\r\n"));
            }
            Waiting.until(() -> fixture.openWatches() == StreamRelay.MAX_STREAMS);
            Answer refused = send(patient, "GET", WATCH);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.json().path("type").asString("")).isEqualTo("urn:quorate:problem:overloaded");
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void aControllerThatIsNotActivePassesTheWatchOfTheActiveOneOn() throws IOException {
        FakeController standby = new FakeController();
        standby.active = false;
        standby.activeController = Optional.of("http://127.0.0.1:" + port);
        int other = fixture.controller(standby);
        var answer = watch(other, WATCH);
        begin(first);
        HttpResponse<Stream<String>> response = answer.join();
        assertThat(response.headers().firstValue("Quorate-Asked")).contains("w1");
        Iterator<String> lines = response.body().iterator();
        assertThat(lines.next()).contains("heartbeat");
        answer(first, 1, changes(11, put("k1", "v", 11)));
        assertThat(lines.next()).contains("\"event\":\"put\"");
        assertThat(send(other, "GET", WATCH + "?to=x").status()).isEqualTo(400);
        standby.activeController = Optional.of("http://127.0.0.1:1");
        assertThat(send(other, "GET", WATCH).status()).isEqualTo(503);
        assertThat(send(other, "GET", WATCH, "Quorate-Forwarded: 1").status()).isEqualTo(421);
    }

    @Test
    void aControllerThatStopsDoesNotWaitForWatches() {
        Iterator<String> lines = begun(first);
        fixture.closeControllers(Duration.ofMinutes(5));
        assertThatThrownBy(lines::hasNext).isInstanceOf(UncheckedIOException.class);
    }
}
