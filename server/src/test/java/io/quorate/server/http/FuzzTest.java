package io.quorate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.ControllerService.WorkerView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that were damaged at random: the same seed sends the same ones. */
class FuzzTest {
    private static final long SEED = 20_261_122;
    private static final int REQUESTS = 2_500;
    private static final Pattern FAILURE = Pattern.compile("HTTP/1\\.[01] (?!503)5\\d\\d|Exception|\\tat ");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "X");
    private static final List<String> PATHS = List.of(
            "/kv/",
            "/kv/a",
            "/kv/%",
            "/kv/%00",
            "/keys",
            "/replicate/k",
            "/pull",
            "/map",
            "/health",
            "/readyz",
            "/heartbeat",
            "/partitions",
            "/workers",
            "/admin/settings",
            "/",
            "/ui/",
            "/ui/api/cluster",
            "/ui/api/kv/k",
            "/ui/api/keys",
            "/ui/api/kv",
            "/ui/api/watch",
            "/ui/../../pom.xml",
            "//",
            "*",
            "http://localhost/kv/a",
            "http://");
    private static final List<String> QUERIES = List.of(
            "",
            "?",
            "?key=k",
            "?key=%",
            "?raw",
            "?raw=true",
            "?consistency=local",
            "?consistency=x",
            "?limit=1",
            "?limit=-1",
            "?prefix=%ff",
            "?cursor=%%%",
            "?worker=w1",
            "?worker=../..",
            "?a=b&a=b",
            "?=&=",
            "?verbose");
    private static final List<String> HEADERS = List.of(
            "Host: localhost",
            "Host: evil.example",
            "Host:",
            "Content-Type: application/json",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: ;;;",
            "Accept: application/json;q=9.9.9",
            "Accept: ,,,",
            "If-None-Match: \"",
            "If-Match: *",
            "Origin: null",
            "Origin: http://localhost",
            "Expect: 100-continue",
            "Expect: miracles",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Content-Length: 0",
            "Content-Length: 99999999999999999999",
            "Connection: close",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "X-Forwarded-For: 1.2.3.4",
            "Content-Encoding: br",
            "Range: bytes=0-");
    private static final List<String> BODIES = List.of(
            "",
            "x",
            "{\"value\":\"v\"}",
            "{\"value\":1}",
            "{\"value\":",
            "[[[[[[",
            "{\"version\":1}",
            "{}",
            "null",
            "{\"replicas\":3}",
            "{\"replicas\":\"3\"}",
            "5\r\nabcde\r\n0\r\n\r\n",
            "ffffffff\r\n",
            "\0\u00ff\u00fe");

    private final HttpFixture fixture = new HttpFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aWorkerAnswersNothingWithAFailureAndGoesOn() throws IOException {
        FakeWorker worker = new FakeWorker("w1");
        worker.map = Samples.map();
        fuzz(fixture.worker(worker), new Random(SEED));
    }

    @Test
    void aControllerAnswersNothingWithAFailureAndGoesOn() throws IOException {
        int workerPort = fixture.worker(new FakeWorker("w1"));
        FakeController controller = new FakeController();
        controller.map = Samples.map();
        controller.workers.add(Samples.worker("w1", "http://127.0.0.1:" + workerPort, WorkerView.Status.UP));
        fuzz(fixture.controller(controller), new Random(SEED + 1));
    }

    private static void fuzz(int port, Random random) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = damaged(request(random), random).getBytes(StandardCharsets.ISO_8859_1);
            String answers = answers(port, request);
            assertThat(FAILURE.matcher(answers).find())
                    .as(() -> "request " + new String(request, StandardCharsets.ISO_8859_1) + " answered " + answers)
                    .isFalse();
        }
        assertThat(HttpFixture.send(port, "GET", "/health").status()).isEqualTo(200);
    }

    private static String answers(int port, byte[] request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection.send(request).endSending().all();
        }
    }

    private static String request(Random random) {
        StringBuilder request = new StringBuilder();
        int pipelined = 1 + random.nextInt(3);
        for (int i = 0; i < pipelined; i++) {
            String body = any(BODIES, random);
            request.append(any(METHODS, random))
                    .append(' ')
                    .append(any(PATHS, random))
                    .append(any(QUERIES, random));
            request.append(" HTTP/1.1\r\nHost: localhost\r\n");
            for (int header = random.nextInt(4); header > 0; header--) {
                request.append(any(HEADERS, random)).append("\r\n");
            }
            if (random.nextInt(4) > 0) {
                request.append("Content-Length: ").append(body.length()).append("\r\n");
            }
            request.append("\r\n").append(body);
        }
        return request.toString();
    }

    /** Half of the requests stay as they are. */
    private static String damaged(String request, Random random) {
        StringBuilder damaged = new StringBuilder(request);
        for (int wounds = random.nextInt(2) * (1 + random.nextInt(6)); wounds > 0; wounds--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
                case 1 -> damaged.insert(at, (char) random.nextInt(256));
                case 2 -> damaged.deleteCharAt(at).append(' ');
                default -> damaged.setLength(Math.max(1, at));
            }
        }
        return damaged.toString();
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
