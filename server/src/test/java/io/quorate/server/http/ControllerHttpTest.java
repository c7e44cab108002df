package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.ControllerService.ClusterView;
import io.quorate.core.port.ControllerService.PartitionView;
import io.quorate.core.port.ControllerService.ReplicaView;
import io.quorate.core.port.ControllerService.SettingChange;
import io.quorate.core.port.ControllerService.WorkerView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a controller serves beside the web UI. */
class ControllerHttpTest {
    private static final String JSON = "Content-Type: application/json";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeController controller = new FakeController();
    private final int port = fixture.controller(controller);

    @BeforeEach
    void fourWorkers() {
        for (int i = 1; i <= 4; i++) {
            controller.workers.add(Samples.worker("w" + i, "http://127.0.0.1:" + (8_000 + i), WorkerView.Status.UP));
        }
        controller.map = Samples.map();
        controller.view = view();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ClusterView view() {
        PartitionView healthy = new PartitionView(
                0,
                5,
                Optional.of("w2"),
                true,
                List.of(new ReplicaView("w2", 120, 0, true, -1), new ReplicaView("w1", 118, 2, true, -1)),
                List.of(new ReplicaView("w4", 0, -1, true, 45)),
                "moving",
                "w4 replaces w3");
        PartitionView leaderless = new PartitionView(
                1,
                7,
                Optional.empty(),
                false,
                List.of(new ReplicaView("w9", 1, -1, false, -1)),
                List.of(),
                "stuck",
                "x");
        return new ClusterView(List.of(healthy, leaderless), 3, 2, 1, 1, 1, 9);
    }

    @Test
    void healthBeginsAsItAlwaysDid() throws IOException {
        controller.workers.add(Samples.worker("w5", "http://127.0.0.1:8005", WorkerView.Status.DOWN));
        assertThat(send(port, "GET", "/health").text())
                .startsWith(
                        "{\"status\":\"controller up\",\"workers_count\":4,\"workers_registered\":5,\"id\":\"c1\",");
    }

    @Test
    void theMapNamesPrimaryAndReplicas() throws IOException {
        Answer map = send(port, "GET", "/map?key=demo-key");
        assertThat(map.json().path("primary").stringValue()).isEqualTo("http://127.0.0.1:8002");
        assertThat(map.json().path("replicas").size()).isEqualTo(2);
        assertThat(send(port, "GET", "/map")
                        .json()
                        .path("routes")
                        .path("0")
                        .path("term")
                        .intValue())
                .isEqualTo(5);
    }

    @Test
    void workersAreListedWithTheirStanding() throws IOException {
        controller.workers.set(1, Samples.worker("w2", "http://127.0.0.1:8002", WorkerView.Status.SUSPECTED));
        Answer workers = send(port, "GET", "/workers");
        assertThat(workers.text())
                .startsWith("{\"workers\":[{\"id\":\"w1\",\"address\":\"http://127.0.0.1:8001\",\"status\":\"up\","
                        + "\"lastHeartbeatMillisAgo\":120,");
        assertThat(workers.json().path("workers").get(1).path("status").stringValue())
                .isEqualTo("suspected");
    }

    @Test
    void aSuspicionBeyondMeasureIsStillJson() throws IOException {
        WorkerView gone = controller.workers.getFirst();
        controller.workers.set(
                0,
                new WorkerView(
                        gone.worker(),
                        gone.address(),
                        gone.disk(),
                        1,
                        "",
                        WorkerView.Status.DOWN,
                        60_000,
                        Double.POSITIVE_INFINITY,
                        0,
                        0,
                        0));
        assertThat(send(port, "GET", "/workers")
                        .json()
                        .path("workers")
                        .get(0)
                        .path("phi")
                        .isNumber())
                .isTrue();
    }

    @Test
    void partitionsAreListedWithTheSums() throws IOException {
        Answer partitions = send(port, "GET", "/partitions");
        assertThat(partitions.json().path("summary").toString())
                .isEqualTo("{\"partitions\":2,\"replicas\":3,\"writeQuorum\":2,\"underReplicated\":1,\"leaderless\":1,"
                        + "\"moving\":1,\"mapVersion\":9}");
        assertThat(partitions
                        .json()
                        .path("partitions")
                        .get(0)
                        .path("replicas")
                        .get(1)
                        .toString())
                .isEqualTo("{\"worker\":\"w1\",\"commitIndex\":118,\"lag\":2,\"healthy\":true,\"snapshotPercent\":-1}");
        assertThat(partitions.json().path("partitions").get(1).path("leader").isNull())
                .isTrue();
    }

    @Test
    void settingsAreReadAndChanged() throws IOException {
        assertThat(send(port, "GET", "/admin/settings").text())
                .isEqualTo("{\"partitions\":1,\"replicas\":3,\"writeQuorum\":2,\"mapVersion\":9}");
        assertThat(sendBody(port, "POST", "/admin/settings", "{\"writeQuorum\":3}", JSON)
                        .status())
                .isEqualTo(200);
        assertThat(controller.changes).containsExactly(new SettingChange(Optional.empty(), Optional.of(3)));
        controller.refusalOfSettings = Optional.of("WRITE_QUORUM cannot be greater than REPLICAS");
        Answer refused = sendBody(port, "POST", "/admin/settings", "{\"writeQuorum\":7}", JSON);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").stringValue()).contains("greater than REPLICAS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"partitions\":1}",
                "{\"replicas\":\"3\"}",
                "{\"replicas\":0}",
                "{\"replicas\":8}",
                "{\"replicas\":1.5}",
                "{\"replicas\":null}",
                "{\"replicas\":3}x",
                "{\"writeQuorum\":99999999999}",
            })
    void aSettingThatCannotBeMeantIsRefused(String body) throws IOException {
        assertThat(sendBody(port, "POST", "/admin/settings", body, JSON).status())
                .isEqualTo(400);
        assertThat(controller.changes).isEmpty();
    }

    @Test
    void settingsNeedJsonAndAnOwnOrigin() throws IOException {
        String body = "{\"replicas\":3}";
        assertThat(sendBody(port, "POST", "/admin/settings", body).status()).isEqualTo(400);
        assertThat(sendBody(port, "POST", "/admin/settings", body, "Content-Type: text/plain")
                        .status())
                .isEqualTo(400);
        assertThat(sendBody(port, "POST", "/admin/settings", body, JSON, "Origin: http://evil.example")
                        .status())
                .isEqualTo(400);
        assertThat(sendBody(port, "POST", "/admin/settings", " ".repeat(5_000), JSON)
                        .status())
                .isEqualTo(413);
        assertThat(send(port, "DELETE", "/admin/settings").status()).isEqualTo(405);
        assertThat(controller.changes).isEmpty();
    }

    @Test
    void probesAndMetricsAreServed() throws IOException {
        assertThat(send(port, "GET", "/livez").status()).isEqualTo(200);
        assertThat(send(port, "GET", "/readyz").status()).isEqualTo(200);
        assertThat(send(port, "GET", "/metrics").text()).isEqualTo("quorate_up 1\n");
    }

    @Test
    void aKeyIsNotServedHereAndThePathSaysWhere() throws IOException {
        Answer missing = send(port, "GET", "/kv/k");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("detail").stringValue()).contains("served by the workers under /kv/{key}");
        assertThat(send(port, "POST", "/").status()).isEqualTo(405);
    }

    @Test
    void aControllerThatIsNotActivePassesOnWhatOnlyTheActiveOneKnows() throws IOException {
        FakeController standby = new FakeController();
        standby.active = false;
        standby.activeController = Optional.of("http://127.0.0.1:" + port);
        int other = fixture.controller(standby);
        for (String path :
                List.of("/health", "/workers", "/partitions", "/map?key=a%2Fb", "/ui/api/cluster", "/admin/settings")) {
            assertThat(send(other, "GET", path).text())
                    .isEqualTo(send(port, "GET", path).text());
        }
        assertThat(send(other, "HEAD", "/workers").status()).isEqualTo(200);
        Answer tagged = send(other, "GET", "/ui/api/cluster");
        assertThat(send(
                                other,
                                "GET",
                                "/ui/api/cluster",
                                "If-None-Match: " + tagged.header("ETag").orElseThrow())
                        .status())
                .isEqualTo(304);
        assertThat(sendBody(other, "POST", "/admin/settings", "{\"replicas\":5}", JSON)
                        .status())
                .isEqualTo(200);
        assertThat(controller.changes).hasSize(1);
        assertThat(standby.changes).isEmpty();
    }

    @Test
    void controllersThatTakeEachOtherForTheActiveOneDoNotPassOnInCircles() throws IOException {
        FakeController standby = new FakeController();
        standby.active = false;
        controller.active = false;
        int other = fixture.controller(standby);
        standby.activeController = Optional.of("http://127.0.0.1:" + port);
        controller.activeController = Optional.of("http://127.0.0.1:" + other);
        Answer misdirected = send(other, "GET", "/workers");
        assertThat(misdirected.status()).isEqualTo(421);
        assertThat(misdirected.json().path("activeController").stringValue()).isEqualTo("http://127.0.0.1:" + other);
        assertThat(send(other, "GET", "/health").json().path("active").booleanValue())
                .isFalse();
    }

    @Test
    void withoutAnActiveControllerOnlyItsOwnHealthIsAnswered() throws IOException {
        controller.active = false;
        assertThat(send(port, "GET", "/workers").status()).isEqualTo(503);
        assertThat(send(port, "GET", "/health").text()).startsWith("{\"status\":\"controller up\",");
        controller.activeController = Optional.of("http://127.0.0.1:1");
        assertThat(send(port, "GET", "/workers").status()).isEqualTo(503);
        assertThat(send(port, "GET", "/health").status()).isEqualTo(200);
        controller.activeController = Optional.of("nonsense");
        assertThat(send(port, "GET", "/workers").status()).isEqualTo(503);
    }
}
