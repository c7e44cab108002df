package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.head;
import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server behaves towards clients that are fast, slow, malformed, hostile or gone. */
class WireTest {
    private static final HttpSettings.Limit QUICK = new HttpSettings.Limit(10_000, 64L << 20, 300, 300, 300);

    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");

    @AfterEach
    void close() {
        fixture.close();
    }

    private int port() {
        return fixture.worker(worker);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderOnOneConnection() throws IOException {
        int requests = 2_000;
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            all.append(head("PUT", "/kv/k" + i)).append("Content-Length: 3\r\n\r\nabc");
            all.append(head("GET", "/kv/k" + i)).append("\r\n");
        }
        try (RawConnection connection = new RawConnection(port())) {
            Thread.startVirtualThread(() -> sendQuietly(connection, all.toString()));
            for (int i = 0; i < requests; i++) {
                assertThat(connection.answer().json().path("key").stringValue()).isEqualTo("k" + i);
                assertThat(connection.answer().text()).isEqualTo("abc");
            }
        }
    }

    private static void sendQuietly(RawConnection connection, String text) {
        try {
            connection.send(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anAnswerThatIsLateHoldsUpOnlyItsOwnConnection() throws IOException {
        ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
        worker.held = Optional.of(held::add);
        int port = port();
        try (RawConnection waiting = new RawConnection(port)) {
            waiting.send(head("PUT", "/kv/slow") + "Content-Length: 1\r\n\r\nx" + head("GET", "/kv/slow") + "\r\n");
            assertThat(send(port, "GET", "/health").status()).isEqualTo(200);
            Waiting.until(() -> !held.isEmpty());
            held.remove().run();
            assertThat(waiting.answer().status()).isEqualTo(201);
            assertThat(waiting.answer().text()).isEqualTo("x");
        }
    }

    @Test
    void aClientThatLeftIsNotAnswered() throws IOException {
        ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
        worker.held = Optional.of(held::add);
        int port = port();
        try (RawConnection gone = new RawConnection(port)) {
            gone.send(head("PUT", "/kv/k") + "Content-Length: 1\r\n\r\nx");
            Waiting.until(() -> !held.isEmpty());
        }
        held.remove().run();
        assertThat(send(port, "GET", "/kv/k").status()).isEqualTo(200);
    }

    @Test
    void aBodyInChunksIsTakenWhole() throws IOException {
        try (RawConnection connection = new RawConnection(port())) {
            connection.send(
                    head("PUT", "/kv/k") + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(201);
            connection.send(head("GET", "/kv/k") + "\r\n");
            assertThat(connection.answer().text()).isEqualTo("abcde");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItArrivedAndTheConnectionGoesOn() throws IOException {
        try (RawConnection connection = new RawConnection(port())) {
            connection.send(head("PUT", "/kv/k") + "Content-Length: 100000\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(413);
            connection.send("x".repeat(100_000) + head("GET", "/health") + "\r\n");
            assertThat(connection.answer().status()).isEqualTo(200);
            connection.send(head("PUT", "/kv/k") + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "400\r\n" + "x".repeat(1_024) + "\r\n";
            connection.send(chunk.repeat(5));
            assertThat(connection.answer().status()).isEqualTo(413);
            connection.send(chunk.repeat(20) + "0\r\n\r\n" + head("GET", "/health") + "\r\n");
            assertThat(connection.answer().status()).isEqualTo(200);
        }
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldToGoOnOrNotTo() throws IOException {
        try (RawConnection connection = new RawConnection(port())) {
            connection.send(head("PUT", "/kv/k", "Expect: 100-continue") + "Content-Length: 3\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(100);
            connection.send("abc");
            assertThat(connection.answer().status()).isEqualTo(201);
            connection.send(head("PUT", "/kv/k", "Expect: 100-continue") + "Content-Length: 5000\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void bodiesThatAreTooManyAtOnceAreRefusedUntilSomeHaveArrived() throws IOException {
        HttpSettings.Limit tight = new HttpSettings.Limit(100, 6_000, 60_000, 60_000, 60_000);
        int port = fixture.worker(worker, HttpFixture.settings().withLimits(tight));
        try (RawConnection first = new RawConnection(port)) {
            first.send(head("PUT", "/kv/a") + "Content-Length: 4000\r\n\r\n" + "x".repeat(3_999));
            Waiting.until(
                    () -> sendBody(port, "PUT", "/kv/b", "x".repeat(4_000)).status() == 503);
            first.send("x");
            assertThat(first.answer().status()).isEqualTo(201);
        }
        assertThat(sendBody(port, "PUT", "/kv/b", "x".repeat(4_000)).status()).isEqualTo(201);
    }

    @Test
    void aBodyThatIsCutOffIsNeverStoredAndGivesItsRoomBack() throws IOException {
        HttpSettings.Limit tight = new HttpSettings.Limit(100, 5_000, 60_000, 60_000, 60_000);
        int port = fixture.worker(worker, HttpFixture.settings().withLimits(tight));
        for (int i = 0; i < 5; i++) {
            try (RawConnection cut = new RawConnection(port)) {
                cut.send(head("PUT", "/kv/a") + "Content-Length: 4000\r\n\r\n" + "x".repeat(3_999));
            }
        }
        Waiting.until(() -> sendBody(port, "PUT", "/kv/b", "x".repeat(4_000)).status() == 201);
        assertThat(worker.records).containsOnlyKeys(Bytes.utf8("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "GET /health\r\n\r\n",
                "GET /health HTTP/1.2\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n",
                "GET /health http/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health FTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nbroken header\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nName with space: x\r\n\r\n",
                "PUT /kv/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "PUT /kv/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "PUT /kv/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "\0\0\0\0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            })
    void whatIsNoRequestIsRefusedAsOne(String request) throws IOException {
        int port = port();
        Answer refused = send(port, request);
        assertThat(refused.status()).isBetween(400, 499);
        assertThat(refused.header("Content-Type")).contains("application/problem+json");
        assertThat(send(port, "GET", "/health").status()).isEqualTo(200);
        assertThat(worker.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health \u00d5HTTP/1.1\r\nHost: localhost\r\nX\u00f6: y\r\n\r\n",
                "GET /health \u00d5HTTP/1.1\r\nX\u00f6: y\r\n\r\n",
            })
    void theAnswerToWhatIsDoublyMalformedRepeatsNothingOfIt(String request) throws IOException {
        try (RawConnection connection = new RawConnection(port()).send(request)) {
            assertThat(connection.all()).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        }
    }

    @Test
    void aMalformedHeadRequestIsToldHowLongItsProblemIs() throws IOException {
        try (RawConnection connection = new RawConnection(port())) {
            connection.send("HEAD /health HTTP/1.1\r\nHost: localhost\r\nX\u00f6: y\r\n\r\n");
            String answer = connection.all();
            assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
            assertThat(answer.toLowerCase(Locale.ROOT)).containsPattern("content-length: [1-9]");
        }
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        assertThat(send(port(), "GET", "/health", "X-Long: " + "a".repeat(20_000))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void aBrokenChunkEndsItsOwnConnectionOnly() throws IOException {
        int port = port();
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head("PUT", "/kv/k") + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(worker.commands).isEmpty();
        assertThat(send(port, "GET", "/health").status()).isEqualTo(200);
    }

    @Test
    void anUpgradeIsNotTaken() throws IOException {
        Answer answer = send(port(), "GET", "/health", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(send(port(), "GET", "/kv/k", "Connection: Upgrade", "Upgrade: websocket")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anOldClientIsServedAndItsConnectionClosed() throws IOException {
        try (RawConnection connection = new RawConnection(port())) {
            connection.send("GET /health HTTP/1.0\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aConnectionWithoutARequestOrWithHalfOfOneIsClosed() throws IOException {
        int port = fixture.worker(worker, HttpFixture.settings().withLimits(QUICK));
        try (RawConnection silent = new RawConnection(port);
                RawConnection half = new RawConnection(port).send("GET /health HTT");
                RawConnection body = new RawConnection(port)) {
            body.send(head("PUT", "/kv/k") + "Content-Length: 10\r\n\r\nabc");
            assertThat(silent.isClosed()).isTrue();
            assertThat(half.isClosed()).isTrue();
            assertThat(body.isClosed()).isTrue();
        }
        assertThat(worker.commands).isEmpty();
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsClosed() throws IOException {
        HttpSettings large = HttpFixture.settings().withLimits(QUICK).withMaxValueBytes(8 << 20);
        int port = fixture.worker(worker, large);
        worker.store(Bytes.utf8("k"), Value.raw(Bytes.wrap(new byte[8 << 20]), "a/b"), new Revision(1, 1));
        try (RawConnection deaf = new RawConnection(port)) {
            String request = head("GET", "/kv/k") + "\r\n";
            Waiting.until(() -> {
                try {
                    deaf.send(request);
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
        assertThat(fixture.metered.size()).isLessThan(20);
        assertThat(send(port, "GET", "/health").status()).isEqualTo(200);
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndLaterOnesServed() throws IOException {
        HttpSettings.Limit two = new HttpSettings.Limit(2, 1 << 20, 60_000, 60_000, 60_000);
        int port = fixture.worker(worker, HttpFixture.settings().withLimits(two));
        List<RawConnection> open = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawConnection connection = new RawConnection(port).send(head("GET", "/health") + "\r\n");
            assertThat(connection.answer().status()).isEqualTo(200);
            open.add(connection);
        }
        try (RawConnection third = new RawConnection(port)) {
            assertThat(third.isClosed()).isTrue();
        }
        open.getFirst().close();
        Waiting.until(() -> {
            try (RawConnection next = new RawConnection(port)) {
                return next.send(head("GET", "/health") + "\r\n").next(false).isPresent();
            } catch (java.net.SocketException closed) {
                return false;
            }
        });
        open.getLast().close();
    }

    @Test
    void aPortThatIsTakenIsNamedWithWhatToDo() {
        int port = port();
        assertThatThrownBy(() -> fixture.worker(new FakeWorker("w2"), HttpSettings.of("127.0.0.1", port)))
                .hasMessageContaining("127.0.0.1:" + port + ": the port is taken")
                .hasMessageContaining("choose another");
        assertThatThrownBy(() -> fixture.worker(new FakeWorker("w2"), HttpSettings.of("192.0.2.1", 0)))
                .hasMessageContaining("Cannot listen on 192.0.2.1:0");
    }

    @Test
    void closingAnswersWhatIsUnderWayAndThenTakesNothingMore() throws IOException {
        ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
        worker.held = Optional.of(held::add);
        Vertx vertx = fixture.vertx;
        var context = ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext();
        WorkerHttp http = new WorkerHttp(
                vertx,
                context,
                worker,
                HttpFixture.settings(),
                () -> "",
                RequestMeter.NONE,
                _ -> java.util.Optional.empty());
        int port = HttpFixture.await(http.start());
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head("PUT", "/kv/k") + "Content-Length: 1\r\n\r\nx");
            Waiting.until(() -> !held.isEmpty());
            var closed = http.close(Duration.ofSeconds(10));
            held.remove().run();
            assertThat(connection.answer().status()).isEqualTo(201);
            assertThat(connection.isClosed()).isTrue();
            HttpFixture.await(closed);
        }
        assertThatThrownBy(() -> new RawConnection(port)).isInstanceOf(IOException.class);
    }
}
