package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.port.ControllerService.ClusterView;
import io.quorate.core.port.ControllerService.PartitionView;
import io.quorate.core.port.ControllerService.ReplicaView;
import io.quorate.core.port.ControllerService.WorkerView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files, and what the page asks of the controller. */
class UiHttpTest {
    private static final String JSON = "Content-Type: application/json";

    private final HttpFixture fixture = new HttpFixture();
    private final FakeController controller = new FakeController();
    private final FakeWorker first = new FakeWorker("w1");
    private final FakeWorker second = new FakeWorker("w2");
    private final int port = fixture.controller(controller);

    @BeforeEach
    void twoWorkers() {
        for (FakeWorker worker : List.of(first, second)) {
            controller.workers.add(
                    Samples.worker(worker.id, "http://127.0.0.1:" + fixture.worker(worker), WorkerView.Status.UP));
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void lose(int position, WorkerView.Status status) {
        controller.workers.set(position, Samples.worker("w" + (position + 1), "http://127.0.0.1:1", status));
    }

    @Test
    void thePageIsServedWithAPolicyThatAllowsOnlyItsOwnFiles() throws IOException {
        Answer page = send(port, "GET", "/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "*");
        assertThat(page.text()).doesNotContain("<style", "onclick", "http://", "https://");
        assertThat(page.text().replace("<script type=\"module\" src=\"/ui/app.js\"></script>", ""))
                .doesNotContain("<script");
        assertThat(send(
                                port,
                                "GET",
                                "/",
                                "If-None-Match: " + page.header("ETag").orElseThrow())
                        .status())
                .isEqualTo(304);
        assertThat(send(port, "HEAD", "/").status()).isEqualTo(200);
    }

    @Test
    void everyFileOfTheListIsServedWithItsTypeAndNothingElseIs() throws IOException {
        String list = resource("files.txt");
        for (String name : list.lines().toList()) {
            Answer file = send(port, "GET", "/ui/" + name);
            assertThat(file.status()).as(name).isEqualTo(200);
            assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
            if (name.endsWith(".js")) {
                assertThat(file.header("Content-Type")).contains("text/javascript; charset=utf-8");
            }
        }
        for (String name :
                List.of("files.txt", "", "../logback.xml", "..%2flogback.xml", "vendor/", "App.js", "app.js/")) {
            assertThat(send(port, "GET", "/ui/" + name).status()).as(name).isEqualTo(404);
        }
        assertThat(send(port, "POST", "/ui/app.js").status()).isEqualTo(405);
    }

    @Test
    void whatTheScriptsImportIsServed() throws IOException {
        for (String name : resource("files.txt")
                .lines()
                .filter(name -> name.endsWith(".js"))
                .toList()) {
            java.util.regex.Pattern.compile("from \"\\./([^\"]+)\"")
                    .matcher(resource(name))
                    .results()
                    .forEach(found -> {
                        assertThat(resource("files.txt").lines()).contains(found.group(1));
                    });
        }
    }

    /** htm 3.1.1 with preact, as it was published; its licences stand beside it. */
    @Test
    void whatIsNotOursIsAsItWasPublished() throws Exception {
        byte[] file = resource("vendor/htm-preact-standalone.js").getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
                .isEqualTo("72284e8e9079c87817145df1110f74e8a2aa040b2fc384922e18dfcb46fc1fd7");
        assertThat(resource("vendor/LICENSE-htm.txt")).contains("Apache License");
        assertThat(resource("vendor/LICENSE-preact.txt")).contains("The MIT License");
    }

    private static String resource(String name) {
        try (InputStream stream = UiHttpTest.class.getResourceAsStream("/ui/" + name)) {
            return new String(java.util.Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aWriteGoesToTheWorkerThatIsNamed() throws IOException {
        Answer written = sendBody(port, "PUT", "/ui/api/kv/a%2Fb%20c?worker=w2", "{\"value\":\"v\"}", JSON);
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.json().path("key").stringValue()).isEqualTo("a/b c");
        assertThat(written.header("Quorate-Asked")).contains("w2");
        assertThat(written.header("Quorate-Outcome")).contains("applied");
        assertThat(second.commands).containsExactly(new Command.Put(Bytes.utf8("a/b c"), Value.json("v")));
        assertThat(first.commands).isEmpty();
    }

    @Test
    void aReadTellsWhoAnswered() throws IOException {
        second.store(Bytes.utf8("k"), Value.json("v"), new Revision(3, 7));
        second.role = "follower";
        Answer read = send(port, "GET", "/ui/api/kv/k?worker=w2&consistency=local");
        assertThat(read.text()).isEqualTo("{\"key\":\"k\",\"value\":\"v\",\"revision\":\"3-7\"}");
        assertThat(read.headers())
                .containsEntry("quorate-asked", "w2")
                .containsEntry("quorate-served-by", "w2")
                .containsEntry("quorate-role", "follower")
                .containsEntry("quorate-consistency", "local")
                .containsEntry("etag", "\"3-7\"");
    }

    @Test
    void bytesAreAnsweredAsJsonToThePage() throws IOException {
        first.store(Bytes.utf8("k"), Value.raw(Bytes.utf8("<script>"), "text/html"), new Revision(3, 7));
        Answer read = send(port, "GET", "/ui/api/kv/k?worker=w1");
        assertThat(read.header("Content-Type")).contains("application/json");
        assertThat(read.json().path("value").stringValue()).isEqualTo("<script>");
        assertThat(read.header("Quorate-Content-Type")).contains("text/html");
    }

    @Test
    void aDeleteIsPassedOn() throws IOException {
        first.store(Bytes.utf8("k"), Value.json("v"), new Revision(3, 7));
        Answer deleted = send(port, "DELETE", "/ui/api/kv/k?worker=w1", JSON);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("Quorate-Existed")).contains("true");
        assertThat(first.records).isEmpty();
    }

    @Test
    void theWorkersProblemIsThePages() throws IOException {
        first.nextWrite = Optional.of(new Outcome.NotApplied(Problem.NO_QUORUM, "1 of 3 replicas is there"));
        Answer refused = sendBody(port, "PUT", "/ui/api/kv/k?worker=w1", "{\"value\":\"v\"}", JSON);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(refused.json().path("detail").stringValue()).isEqualTo("1 of 3 replicas is there");
        first.nextRead = Optional.of(new ReadOutcome.NotServed(Problem.MISDIRECTED, "w2 and w3 keep it"));
        assertThat(send(port, "GET", "/ui/api/kv/k?worker=w1&consistency=local").status())
                .isEqualTo(421);
        assertThat(sendBody(port, "PUT", "/ui/api/kv/k?worker=w1", "{\"other\":1}", JSON)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void withoutAWorkersNameOneThatIsReachedIsAsked() throws IOException {
        lose(0, WorkerView.Status.UP);
        Answer written = sendBody(port, "PUT", "/ui/api/kv/k", "{\"value\":\"v\"}", JSON);
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.header("Quorate-Asked")).contains("w2");
        lose(1, WorkerView.Status.DOWN);
        controller.workers.removeFirst();
        assertThat(send(port, "GET", "/ui/api/kv/k").status()).isEqualTo(503);
    }

    @Test
    void aWorkerThatIsNotReachedIsNamedAndNothingWasWritten() throws IOException {
        lose(0, WorkerView.Status.DOWN);
        Answer refused = sendBody(port, "PUT", "/ui/api/kv/k?worker=w1", "{\"value\":\"v\"}", JSON);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("outcome").stringValue()).isEqualTo("not_applied");
        assertThat(refused.json().path("detail").stringValue()).contains("w1", "choose another worker");
        Answer unknown = send(port, "GET", "/ui/api/kv/k?worker=http://evil.example");
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void aWriteThatAWorkerTookAndDidNotAnswerIsOfUnknownFate() throws IOException {
        HttpSettings impatient = HttpFixture.settings().withRequestTimeoutMillis(300);
        FakeController other = new FakeController();
        FakeWorker mute = new FakeWorker("w1");
        mute.held = Optional.of(ignored -> {});
        other.workers.add(Samples.worker("w1", "http://127.0.0.1:" + fixture.worker(mute), WorkerView.Status.UP));
        other.workers.add(controller.workers.get(1));
        int otherPort = fixture.controller(other, impatient);
        Answer lost = sendBody(otherPort, "PUT", "/ui/api/kv/k", "{\"value\":\"v\"}", JSON);
        assertThat(lost.status()).isEqualTo(504);
        assertThat(lost.json().path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(second.commands).isEmpty();
    }

    @Test
    void changesNeedJsonAndAnOwnOrigin() throws IOException {
        String body = "{\"value\":\"v\"}";
        assertThat(sendBody(port, "PUT", "/ui/api/kv/k", body).status()).isEqualTo(400);
        assertThat(sendBody(port, "PUT", "/ui/api/kv/k", body, "Content-Type: text/plain")
                        .status())
                .isEqualTo(400);
        assertThat(sendBody(port, "PUT", "/ui/api/kv/k", body, JSON, "Origin: http://evil.example")
                        .status())
                .isEqualTo(400);
        assertThat(send(port, "DELETE", "/ui/api/kv/k").status()).isEqualTo(400);
        assertThat(send(port, "POST", "/ui/api/kv/k").status()).isEqualTo(405);
        assertThat(first.commands).isEmpty();
        assertThat(sendBody(port, "PUT", "/ui/api/kv/k", body, JSON, "Origin: http://localhost")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/api/kv/",
                "/ui/api/kv/%",
                "/ui/api/kv/k?w=1",
                "/ui/api/kv/k?consistency=x",
                "/ui/api/keys?limit=x"
            })
    void whatCannotBeMeantIsRefused(String target) throws IOException {
        assertThat(send(port, "GET", target).status()).isEqualTo(400);
    }

    @Test
    void keysOfAllWorkersAreMergedAndPaged() throws IOException {
        for (int i = 0; i < 40; i++) {
            Bytes key = i == 7 ? Bytes.wrap(new byte[] {-1}) : Bytes.utf8("k" + i);
            if (i % 3 != 0) {
                first.store(key, Value.json("v"), new Revision(1, i));
            }
            if (i % 3 != 1) {
                second.store(key, Value.json("v"), new Revision(1, i));
            }
        }
        java.util.Set<String> seen = new java.util.LinkedHashSet<>();
        String cursor = "";
        do {
            Answer page = send(port, "GET", "/ui/api/keys?limit=7" + cursor);
            page.json()
                    .path("keys")
                    .forEach(key -> assertThat(seen.add(key.toString())).isTrue());
            cursor = page.json().has("cursor")
                    ? "&cursor=" + page.json().path("cursor").stringValue()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(40).contains("\"k0\"", "\"k39\"", "{\"keyBase64\":\"/w==\"}");
        assertThat(send(port, "GET", "/ui/api/keys?worker=w1&prefix=k1")
                        .json()
                        .path("count")
                        .intValue())
                .isEqualTo((int) first.records.keySet().stream()
                        .filter(key -> key.startsWith(Bytes.utf8("k1")))
                        .count());
    }

    @Test
    void aListNamesWhoseKeysAreMissing() throws IOException {
        second.store(Bytes.utf8("k"), Value.json("v"), new Revision(1, 1));
        lose(0, WorkerView.Status.UP);
        Answer partial = send(port, "GET", "/ui/api/keys");
        assertThat(partial.text()).isEqualTo("{\"keys\":[\"k\"],\"count\":1,\"withoutAnswerOf\":[\"w1\"]}");
        assertThat(send(port, "GET", "/ui/api/keys?worker=w1").status()).isEqualTo(503);
    }

    @Test
    void theClustersDocumentKeepsItsTagWhileNothingWorthShowingChanges() throws IOException {
        Answer document = send(port, "GET", "/ui/api/cluster");
        assertThat(document.json().path("summary").path("workersUp").intValue()).isEqualTo(2);
        String tag = "If-None-Match: " + document.header("ETag").orElseThrow();
        lose(0, WorkerView.Status.UP);
        controller.workers.set(
                0,
                Samples.worker(
                        "w1",
                        document.json().path("workers").get(0).path("address").stringValue(),
                        WorkerView.Status.UP));
        assertThat(send(port, "GET", "/ui/api/cluster", tag).status()).isEqualTo(304);
        lose(0, WorkerView.Status.SUSPECTED);
        Waiting.until(() -> send(port, "GET", "/ui/api/cluster", tag).status() == 200);
    }

    @Test
    void partitionsAreCompactRowsThatNameWorkersByPosition() throws IOException {
        PartitionView partition = new PartitionView(
                3,
                5,
                Optional.of("w2"),
                true,
                List.of(new ReplicaView("w2", 9, 0, true, -1), new ReplicaView("w9", 1, -1, false, -1)),
                List.of(new ReplicaView("w1", 0, 12, true, 40)),
                "moving",
                "w1 replaces w9");
        controller.view = new ClusterView(List.of(partition), 3, 2, 1, 0, 1, 8);
        assertThat(send(port, "GET", "/ui/api/cluster")
                        .json()
                        .path("partitions")
                        .toString())
                .isEqualTo("[[3,5,1,1,\"moving\",\"w1 replaces w9\",[[1,0,0,1,-1],[-1,0,-1,0,-1],[0,1,12,1,40]]]]");
    }
}
