package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.ControllerService.WorkerView;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of the whole cluster, as the page asks for them. */
class UiListingHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final FakeController controller = new FakeController();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.controller(controller);

    @BeforeEach
    void oneWorker() {
        worker.map = new ClusterMap(3, Optional.empty(), 2, 3, 2, Map.of(), Map.of());
        for (int i = 1; i <= 5; i++) {
            worker.store(Bytes.utf8("k" + i), Value.json("v" + i), new Revision(3, i));
        }
        worker.store(Bytes.utf8("other"), Value.json("v"), new Revision(3, 6));
        controller.workers.add(
                Samples.worker("w1", "http://127.0.0.1:" + fixture.worker(worker), WorkerView.Status.UP));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keysComeInPagesWithValuesAndRevisions() throws IOException {
        List<String> pages = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = send(port, "GET", "/ui/api/kv?prefix=k&limit=2&values=true" + cursor);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Quorate-Asked")).contains("w1");
            pages.add(page.json().path("items").toString());
            String next = page.json().path("cursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        assertThat(pages)
                .containsExactly(
                        "[{\"key\":\"k1\",\"value\":\"v1\",\"revision\":\"3-1\"},{\"key\":\"k2\",\"value\":\"v2\",\"revision\":\"3-2\"}]",
                        "[{\"key\":\"k3\",\"value\":\"v3\",\"revision\":\"3-3\"},{\"key\":\"k4\",\"value\":\"v4\",\"revision\":\"3-4\"}]",
                        "[{\"key\":\"k5\",\"value\":\"v5\",\"revision\":\"3-5\"}]");
    }

    @Test
    void keysAreCounted() throws IOException {
        assertThat(send(port, "GET", "/ui/api/kv?prefix=k&count=true").text()).isEqualTo("{\"count\":5}");
        assertThat(send(port, "GET", "/ui/api/kv?count").text()).isEqualTo("{\"count\":6}");
        assertThat(send(port, "HEAD", "/ui/api/kv").status()).isEqualTo(200);
    }

    @Test
    void aListingTellsTheTimeByWhichTimesToLiveAreCounted() throws IOException {
        String date = send(port, "GET", "/ui/api/kv").header("Date").orElseThrow();
        Instant told =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(told).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=x", "?limit=0", "?cursor=x", "?values=some", "?count=true&limit=1", "?worker=w1"})
    void whatCannotBeMeantIsRefused(String query) throws IOException {
        assertThat(send(port, "GET", "/ui/api/kv" + query).status()).isEqualTo(400);
    }

    @Test
    void aPrefixIsNoLongerThanAKey() throws IOException {
        assertThat(send(port, "GET", "/ui/api/kv?prefix=" + "k".repeat(4_097)).status())
                .isEqualTo(414);
        assertThat(worker.scans).isEmpty();
    }

    @Test
    void nothingIsChangedThere() throws IOException {
        assertThat(send(port, "DELETE", "/ui/api/kv?confirm=yes").header("Allow"))
                .contains("GET, HEAD");
        assertThat(worker.records).hasSize(6);
    }

    @Test
    void withoutAWorkerThereIsNoListing() throws IOException {
        controller.workers.clear();
        assertThat(send(port, "GET", "/ui/api/kv").status()).isEqualTo(503);
    }
}
