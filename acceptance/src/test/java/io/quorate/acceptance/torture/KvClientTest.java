package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quorate.api.Revision;
import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.Result;
import io.quorate.simulation.history.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may believe of each answer. */
class KvClientTest {
    private static final Call PUT = new Call.Put("v1");
    private static final Call READ = new Call.Read();

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer worker;
    private int status = 200;
    private String body = "";

    KvClientTest() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        worker.createContext("/kv/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Quorate-Revision", "3-4");
            exchange.getResponseHeaders().set("ETag", "\"3-4\"");
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.stop(0);
        http.close();
    }

    @Test
    void whatIsAnsweredWithSuccessIsApplied() {
        assertThat(ending(201, "{}", PUT)).isEqualTo(applied(false));
        assertThat(ending(200, "{}", PUT)).isEqualTo(applied(true));
    }

    @Test
    void onlyWhatSaysSoIsNotApplied() {
        assertThat(ending(503, "{\"outcome\":\"not_applied\"}", PUT)).isEqualTo(new Result.NotApplied());
        assertThat(ending(507, "{\"outcome\":\"not_applied\"}", PUT)).isEqualTo(new Result.NotApplied());
        assertThat(ending(504, "{\"outcome\":\"unknown\"}", PUT)).isEqualTo(new Result.Unknown());
        assertThat(ending(503, "no JSON", PUT)).isEqualTo(new Result.Unknown());
        assertThat(ending(412, "{\"outcome\":\"not_applied\"}", PUT))
                .isEqualTo(new Result.ConditionFailed(new Version.At(new Revision(3, 4))));
    }

    @Test
    void aReadSeesAValueOrNoneOrNothing() {
        assertThat(ending(200, "v7", READ))
                .isEqualTo(new Result.ReadValue(Optional.of("v7"), Optional.of(new Revision(3, 4))));
        assertThat(ending(404, "{}", READ)).isEqualTo(new Result.ReadValue(Optional.empty(), Optional.empty()));
        assertThat(ending(504, "{}", READ)).isEqualTo(new Result.Unknown());
    }

    @Test
    void anAnswerThatAWorkerMustNotGiveIsKept() {
        KvClient kv = client();
        status = 500;
        body = "{}";

        assertThat(kv.call("w1", "key", PUT)).isEqualTo(new Result.Unknown());

        assertThat(kv.unforeseen()).containsOnlyKeys("PUT 500 {}");
    }

    @Test
    void aWriteThatNobodyTookIsNotApplied() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        KvClient kv = new KvClient(id -> "http://127.0.0.1:" + nobody, http);

        assertThat(kv.call("w1", "key", PUT)).isEqualTo(new Result.NotApplied());
    }

    @Test
    void aWriteWhoseConnectionBreaksIsUnknown() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.accept().close();
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            KvClient kv = new KvClient(id -> "http://127.0.0.1:" + socket.getLocalPort(), http);

            assertThat(kv.call("w1", "key", PUT)).isEqualTo(new Result.Unknown());
        }
    }

    private Result ending(int answered, String with, Call call) {
        status = answered;
        body = with;
        return client().call("w1", "key", call);
    }

    private static Result applied(boolean existed) {
        return new Result.Applied(Optional.of(new Revision(3, 4)), Optional.of(existed), Optional.empty());
    }

    private KvClient client() {
        return new KvClient(id -> "http://127.0.0.1:" + worker.getAddress().getPort(), http);
    }
}
