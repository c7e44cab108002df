package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cursor of SCAN stands for, asked over a real connection. */
class ScanPositionHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final int port = fixture.worker(new FakeWorker("w1"));
    private final Vertx vertx = Vertx.vertx();
    private final ScanPositionClient client = new ScanPositionClient(vertx, 2_000);

    @AfterEach
    void close() {
        HttpFixture.await(client.close());
        HttpFixture.await(vertx.close());
        fixture.close();
    }

    private ScanPositionClient.Answer ask(String address, long cursor) throws Exception {
        CompletableFuture<ScanPositionClient.Answer> answer = new CompletableFuture<>();
        vertx.runOnContext(_ -> client.ask(address, cursor, answer::complete));
        return answer.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneWorkerAsksAnother() throws Exception {
        String address = "http://127.0.0.1:" + port;
        assertThat(ask(address, 7)).isEqualTo(new ScanPositionClient.Answer.Known(Optional.of(Bytes.utf8("0000key"))));
        assertThat(ask(address, 8)).isEqualTo(new ScanPositionClient.Answer.Known(Optional.empty()));
        assertThat(ask("http://127.0.0.1:1", 7)).isEqualTo(new ScanPositionClient.Answer.NotReached());
    }

    @Test
    void whatIsNotKeptIsGone() throws IOException {
        Answer answer = send(port, "GET", "/scan-position?cursor=8");
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.json().path("type").stringValue()).isEqualTo("urn:quorate:problem:position-gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?cursor=", "?cursor=x", "?cursor=-1", "?cursor=7&nobody=knows"})
    void whatIsNoCursorIsRefused(String query) throws IOException {
        assertThat(send(port, "GET", "/scan-position" + query).status()).isEqualTo(400);
    }
}
