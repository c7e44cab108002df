package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.putJson;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker serves beside keys. */
class WorkerEndpointsTest {
    private static final String JSON = "Content-Type: application/json";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keysArePagedInOrder() throws IOException {
        for (String key : new String[] {"b", "a", "c%2Fd", "%ff"}) {
            putJson(port, "/kv/" + key, "{\"value\":\"v\"}");
        }
        assertThat(send(port, "GET", "/keys").text())
                .isEqualTo("{\"keys\":[\"a\",\"b\",\"c/d\",{\"keyBase64\":\"/w==\"}],\"count\":4}");
        Answer first = send(port, "GET", "/keys?limit=3");
        assertThat(first.json().path("keys").toString()).isEqualTo("[\"a\",\"b\",\"c/d\"]");
        Answer second = send(
                port,
                "GET",
                "/keys?limit=3&cursor=" + first.json().path("cursor").stringValue());
        assertThat(second.text()).isEqualTo("{\"keys\":[{\"keyBase64\":\"/w==\"}],\"count\":1}");
        assertThat(send(port, "GET", "/keys?prefix=c/").text()).isEqualTo("{\"keys\":[\"c/d\"],\"count\":1}");
        assertThat(send(port, "GET", "/keys?prefix=%FF").json().path("count").intValue())
                .isEqualTo(1);
    }

    @Test
    void aPageOfLongKeysIsCutAndGoesOnWithItsCursor() throws IOException {
        for (int i = 0; i < 1_200; i++) {
            worker.store(Bytes.utf8(i + "x".repeat(4_000)), Value.json("v"), new Revision(1, i));
        }
        int seen = 0;
        String cursor = "";
        do {
            Answer page = send(port, "GET", "/keys?limit=10000" + cursor);
            assertThat(page.body().length).isLessThan(5 << 20);
            seen += page.json().path("count").intValue();
            cursor = page.json().has("cursor")
                    ? "&cursor=" + page.json().path("cursor").stringValue()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(1_200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=10001", "limit=x", "limit=-1", "limit=", "cursor=*", "prefix=%", "page=1"})
    void aListThatCannotBeMeantIsRefused(String query) throws IOException {
        assertThat(send(port, "GET", "/keys?" + query).status()).isEqualTo(400);
    }

    @Test
    void replicatePassesTheRecordAndItsTimeOn() throws IOException {
        Answer written = sendBody(
                port,
                "POST",
                "/replicate/a%2Fb",
                "{\"value\":\"v\",\"originTimeMillis\":17,\"origin\":\"east\"}",
                JSON);
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.json().path("key").stringValue()).isEqualTo("a/b");
        assertThat(worker.commands)
                .containsExactly(new Command.Replicate(Bytes.utf8("a/b"), Value.json("v"), 17, "east"));
        sendBody(port, "POST", "/replicate/k", "{\"value\":{\"a\":1}}", JSON);
        assertThat(worker.commands.getLast())
                .isEqualTo(new Command.Replicate(
                        Bytes.utf8("k"), Value.json("{\"a\":1}"), Command.Replicate.ONLY_IF_ABSENT, ""));
        sendBody(port, "POST", "/replicate/k", "{\"valueBase64\":\"/w==\",\"contentType\":\"image/png\"}", JSON);
        assertThat(worker.commands.getLast())
                .isEqualTo(new Command.Replicate(
                        Bytes.utf8("k"),
                        Value.raw(Bytes.wrap(new byte[] {-1}), "image/png"),
                        Command.Replicate.ONLY_IF_ABSENT,
                        ""));
    }

    @Test
    void anOlderRecordIsNoErrorAndWhatIsHereStays() throws IOException {
        worker.nextWrite = Optional.of(new Outcome.ConditionFailed(new Revision(2, 9)));
        Answer kept = sendBody(port, "POST", "/replicate/k", "{\"value\":\"v\",\"originTimeMillis\":1}", JSON);
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.json().path("written").booleanValue()).isFalse();
        assertThat(kept.json().path("revision").stringValue()).isEqualTo("2-9");
        assertThat(kept.header("Quorate-Outcome")).contains("not_applied");
        worker.nextWrite = Optional.of(new Outcome.NotApplied(Problem.NO_QUORUM, "1 of 3"));
        assertThat(sendBody(port, "POST", "/replicate/k", "{\"value\":\"v\"}", JSON)
                        .status())
                .isEqualTo(503);
        worker.nextWrite = Optional.of(new Outcome.Unknown("late"));
        assertThat(sendBody(port, "POST", "/replicate/k", "{\"value\":\"v\"}", JSON)
                        .status())
                .isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"originTimeMillis\":1}",
                "{\"value\":1,\"valueBase64\":\"\"}",
                "{\"valueBase64\":\"*\"}",
                "{\"valueBase64\":1}",
                "{\"value\":1,\"originTimeMillis\":\"1\"}",
                "{\"value\":1,\"originTimeMillis\":1.5}",
                "{\"value\":1,\"originTimeMillis\":-1}",
                "{\"value\":1,\"originTimeMillis\":99999999999999999999}",
                "{\"value\":1,\"origin\":2}",
                "{\"value\":1,\"other\":2}",
                "{\"value\":1,\"value\":2}",
                "{\"value\":1}x",
                "{\"value\":1,\"contentType\":\"a\\r\\nX: y\"}",
                "{\"value\":\"\\ud800\"}",
            })
    void aReplicateThatCannotBeMeantIsRefused(String body) throws IOException {
        assertThat(sendBody(port, "POST", "/replicate/k", body, JSON).status()).isEqualTo(400);
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void replicateNeedsAKeyAndJson() throws IOException {
        assertThat(sendBody(port, "POST", "/replicate/", "{\"value\":1}", JSON).status())
                .isEqualTo(400);
        assertThat(sendBody(port, "POST", "/replicate/k", "{\"value\":1}").status())
                .isEqualTo(400);
        assertThat(sendBody(port, "POST", "/replicate/k?x=1", "{\"value\":1}", JSON)
                        .status())
                .isEqualTo(400);
        String large = "{\"value\":\"" + "x".repeat(4_097) + "\"}";
        assertThat(sendBody(port, "POST", "/replicate/k", large, JSON).status()).isEqualTo(413);
        assertThat(send(port, "GET", "/replicate/k").header("Allow")).contains("POST");
    }

    @Test
    void pullAnswersWhatItDid() throws IOException {
        assertThat(send(port, "POST", "/pull").text())
                .isEqualTo(
                        "{\"partitions\":64,\"behind\":1,\"repaired\":2,\"snapshots\":2,\"bytes\":4096,\"millis\":17}");
        assertThat(send(port, "GET", "/pull").status()).isEqualTo(405);
    }

    @Test
    void healthNamesTheWorker() throws IOException {
        Answer health = send(port, "GET", "/health");
        assertThat(health.text()).startsWith("{\"status\":\"worker up\",\"id\":\"w1\",");
        assertThat(health.json().path("partitionsLed").intValue()).isEqualTo(16);
    }

    @Test
    void probesTellAliveFromReady() throws IOException {
        assertThat(send(port, "GET", "/livez").status()).isEqualTo(200);
        assertThat(send(port, "GET", "/readyz").text()).isEqualTo("{\"status\":\"ready\"}");
        worker.checks.put("registered", false);
        assertThat(send(port, "GET", "/livez").status()).isEqualTo(200);
        Answer notReady = send(port, "GET", "/readyz?verbose");
        assertThat(notReady.status()).isEqualTo(503);
        assertThat(notReady.json().path("detail").stringValue()).contains("registered");
        assertThat(notReady.json().path("checks").toString()).isEqualTo("{\"log is open\":true,\"registered\":false}");
        assertThat(send(port, "GET", "/readyz?verbose=perhaps").status()).isEqualTo(400);
    }

    @Test
    void metricsAreThoseOfTheSupplier() throws IOException {
        Answer metrics = send(port, "GET", "/metrics");
        assertThat(metrics.text()).isEqualTo("quorate_up 1\n");
        assertThat(metrics.header("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void theMapNamesWhoLeadsAKeyAndWhoElseKeepsIt() throws IOException {
        assertThat(send(port, "GET", "/map?key=demo-key").status()).isEqualTo(503);
        worker.map = Samples.map();
        Answer map = send(port, "GET", "/map?key=demo-key");
        assertThat(map.text())
                .startsWith("{\"key\":\"demo-key\",\"partition\":0,\"primary\":\"http://127.0.0.1:8002\","
                        + "\"replicas\":[\"http://127.0.0.1:8001\",\"http://127.0.0.1:8003\"],\"term\":5,");
        assertThat(send(port, "GET", "/map?key=").status()).isEqualTo(400);
        assertThat(send(port, "GET", "/map?key=" + "a".repeat(4_097)).status()).isEqualTo(414);
        Answer whole = send(port, "GET", "/map");
        assertThat(whole.json().path("version").longValue()).isEqualTo(9);
        assertThat(whole.json().path("workers").path("w1").path("http").stringValue())
                .isEqualTo("http://127.0.0.1:8001");
    }

    @Test
    void aPartitionWithoutLeaderHasNoPrimaryAndOneWithoutReplicasIsNotReady() throws IOException {
        worker.map = Samples.map(Optional.empty());
        Answer leaderless = send(port, "GET", "/map?key=demo-key");
        assertThat(leaderless.status()).isEqualTo(200);
        assertThat(leaderless.json().path("primary").isNull()).isTrue();
        assertThat(leaderless.json().path("replicas").size()).isEqualTo(3);
        worker.map = Samples.mapWithoutRoutes();
        assertThat(send(port, "GET", "/map?key=demo-key").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/kvs",
                "/keys/",
                "/KV/x",
                "//kv/x",
                "/admin",
                "/ui/",
                "/batches",
                "*",
                "/health%20",
                "nonsense"
            })
    void aPathThatIsNotThereIsNamed(String target) throws IOException {
        Answer missing = send(port, "GET", target);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("type").stringValue()).isEqualTo("urn:quorate:problem:no-such-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keys", "/map", "/health", "/livez", "/readyz", "/metrics"})
    void whatIsReadTakesGetAndHeadOnly(String path) throws IOException {
        assertThat(send(port, "HEAD", path).status()).isEqualTo(200);
        Answer refused = send(port, "POST", path);
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).contains("GET, HEAD");
    }
}
