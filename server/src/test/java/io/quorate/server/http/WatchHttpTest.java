package io.quorate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import io.quorate.core.cluster.ClusterMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches over real connections. */
class WatchHttpTest {
    private static final int PARTITIONS = 2;

    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    WatchHttpTest() {
        worker.map = new ClusterMap(3, Optional.empty(), PARTITIONS, 3, 2, Map.of(), Map.of());
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        fixture.close();
    }

    private HttpRequest request(String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + target));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private CompletableFuture<HttpResponse<Stream<String>>> watch(String target, String... headers) {
        return client.sendAsync(request(target, headers), BodyHandlers.ofLines());
    }

    private void collect(CompletableFuture<HttpResponse<Stream<String>>> answer) {
        var _ = answer.thenAcceptAsync(response -> response.body().forEach(lines::add));
    }

    private static void done(FakeWorker.Watch watch, List<KeyChange> changes, long upTo) {
        watch.whenDone().accept(new WatchOutcome.Changes(changes, new Revision(3, upTo), "w1"));
    }

    /** Answers what waits, on the event loop. */
    private void answer(int partition, List<KeyChange> changes, long upTo) {
        Waiting.until(() -> waits(partition).isPresent());
        FakeWorker.Watch watch = waits(partition).orElseThrow();
        worker.watches.remove(watch);
        onLoop(() -> done(watch, changes, upTo));
    }

    private void refuse(int partition, Problem problem) {
        Waiting.until(() -> waits(partition).isPresent());
        FakeWorker.Watch watch = waits(partition).orElseThrow();
        worker.watches.remove(watch);
        onLoop(() -> watch.whenDone().accept(new WatchOutcome.NotServed(problem, "so it is")));
    }

    private Optional<FakeWorker.Watch> waits(int partition) {
        return List.copyOf(worker.watches).stream()
                .filter(watch -> watch.request().partition() == partition)
                .findFirst();
    }

    private void onLoop(Runnable step) {
        fixture.onWorkerLoop(step);
    }

    private void begin() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            answer(partition, List.of(), 10);
        }
    }

    private static KeyChange put(String key, long index, int item) {
        Record record = new Record(Value.json("v" + index), new Revision(3, index), 0, Record.NEVER, "");
        return new KeyChange.Put(Bytes.utf8(key), record, item, 1_000);
    }

    private String line(int number) {
        Waiting.until(() -> lines.size() > number);
        return lines.get(number);
    }

    @Test
    void theHeadComesOnceEveryPartitionHasSaidWhereItIs() {
        var answer = watch("/watch");
        answer(0, List.of(), 10);
        Waiting.until(() -> waits(1).isPresent());
        assertThat(answer).isNotDone();
        answer(1, List.of(), 10);
        HttpResponse<Stream<String>> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void changesAreEventsWithThePositionAsTheirId() {
        collect(watch("/watch?prefix=k"));
        begin();
        assertThat(line(0)).isEqualTo(": heartbeat");
        assertThat(line(1)).startsWith("id: ");
        assertThat(line(2)).isEmpty();
        answer(
                1,
                List.of(
                        put("k1", 11, 0),
                        new KeyChange.Deleted(Bytes.utf8("k2"), new Revision(3, 12), 0, 1_001),
                        new KeyChange.Expired(Bytes.utf8("k3"), new Revision(3, 12), 1, 1_001)),
                12);
        assertThat(line(3)).startsWith("id: ").isNotEqualTo(line(1));
        assertThat(line(4)).isEqualTo("event: put");
        assertThat(line(5))
                .isEqualTo("data: {\"key\":\"k1\",\"value\":\"v11\",\"revision\":\"3-11\",\"timeMillis\":1000,"
                        + "\"partition\":1}");
        assertThat(line(8)).isEqualTo("event: delete");
        assertThat(line(9))
                .isEqualTo("data: {\"key\":\"k2\",\"revision\":\"3-12\",\"timeMillis\":1001,\"partition\":1}");
        assertThat(line(12)).isEqualTo("event: expire");
        Waiting.until(() -> waits(1).isPresent());
        assertThat(waits(1).orElseThrow().request())
                .returns(Optional.of(new Revision(3, 12)), WatchRequest::after)
                .returns(Bytes.utf8("k"), WatchRequest::prefix);
    }

    @Test
    void aWatchGoesOnFromAPositionGivenAsAParameterOrAsTheIdOfTheLastEvent() {
        collect(watch("/watch?values=false", "Accept", "application/x-ndjson"));
        begin();
        answer(0, List.of(put("a", 11, 0), put("b", 11, 1)), 11);
        String first = line(1);
        assertThat(first).startsWith("{\"event\":\"put\",\"key\":\"a\",\"revision\":\"3-11\"");
        String position = first.replaceAll(".*\"position\":\"([^\"]*)\".*", "$1");
        worker.watches.clear();

        collect(watch("/watch?from=" + position));
        Waiting.until(() -> waits(0).isPresent());
        assertThat(waits(0).orElseThrow().request())
                .returns(Optional.of(new Revision(3, 11)), WatchRequest::after)
                .returns(1, WatchRequest::items);
        worker.watches.clear();

        collect(watch("/watch", "Last-Event-ID", position));
        Waiting.until(() -> waits(0).isPresent());
        assertThat(waits(0).orElseThrow().request().items()).isEqualTo(1);
    }

    @Test
    void aPositionThatIsGoneIsAnAnswerBeforeItBeginsAndAnEventAfterwards() {
        var answer = watch("/watch");
        refuse(0, Problem.POSITION_GONE);
        HttpResponse<Stream<String>> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(response.body().findFirst().orElseThrow()).contains("urn:quorate:problem:position-gone");
        worker.watches.clear();

        collect(watch("/watch", "Accept", "application/x-ndjson"));
        begin();
        refuse(1, Problem.POSITION_GONE);
        assertThat(line(1)).startsWith("{\"event\":\"problem\"").contains("position-gone", "\"status\":410");
    }

    @Test
    void whatIsNotServedIsAskedAgainWithoutAWordToTheClient() {
        collect(watch("/watch", "Accept", "application/x-ndjson"));
        begin();
        refuse(1, Problem.NO_LEADER);
        answer(1, List.of(put("a", 11, 0)), 11);
        assertThat(line(1)).contains("\"event\":\"put\"");
    }

    @Test
    void endsAfterItsDuration() throws IOException, InterruptedException {
        var answer = watch("/watch?duration=1ms", "Accept", "application/x-ndjson");
        begin();
        List<String> all = answer.join().body().toList();
        assertThat(all).hasSize(2).allMatch(line -> line.startsWith("{\"event\":\"heartbeat\""));
    }

    @Test
    void aClientThatDoesNotReadHoldsItsWatchBackAndNothingElse() throws IOException, InterruptedException {
        HttpResponse<InputStream> slow =
                startedAfter(client.sendAsync(request("/watch"), BodyHandlers.ofInputStream()));
        String large = "v".repeat(1_000_000);
        Record record = new Record(Value.json(large), new Revision(3, 11), 0, Record.NEVER, "");
        int taken = 0;
        for (long index = 11; index < 60 && held(0); index++, taken++) {
            answer(0, List.of(new KeyChange.Put(Bytes.utf8("k"), record, 0, 1)), index);
        }
        assertThat(taken)
                .as("MB that the connection, the kernel and the watch keep")
                .isBetween(1, 15);
        assertThat(HttpFixture.send(port, "GET", "/health").status()).isEqualTo(200);
        slow.body().close();
    }

    private HttpResponse<InputStream> startedAfter(CompletableFuture<HttpResponse<InputStream>> answer) {
        begin();
        return answer.join();
    }

    /** Whether the partition is asked for more within a while. */
    private boolean held(int partition) {
        long end = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (waits(partition).isPresent()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    @Test
    void whatIsWrongWithARequestIsSaid() throws IOException {
        assertThat(HttpFixture.send(port, "GET", "/watch?from=nowhere").status())
                .isEqualTo(400);
        assertThat(HttpFixture.send(port, "GET", "/watch?values=perhaps").status())
                .isEqualTo(400);
        assertThat(HttpFixture.send(port, "GET", "/watch?duration=soon").status())
                .isEqualTo(400);
        assertThat(HttpFixture.send(port, "GET", "/watch?to=x").status()).isEqualTo(400);
        assertThat(HttpFixture.send(port, "POST", "/watch").header("Allow")).contains("GET");
        worker.map = ClusterMap.EMPTY;
        assertThat(HttpFixture.send(port, "GET", "/watch").status()).isEqualTo(503);
    }

    @Test
    void aClusterWithTooManyPartitionsIsWatchedByTag() throws IOException {
        worker.map = new ClusterMap(3, Optional.empty(), 4_096, 3, 2, Map.of(), Map.of());
        assertThat(HttpFixture.send(port, "GET", "/watch").json().path("detail").asString(""))
                .contains("at most 1024");
        var _ = watch("/watch?prefix=%7Ba%7D/");
        Waiting.until(() -> worker.watches.size() == 1);
    }
}
