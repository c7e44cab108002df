package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the verbs that are about one key send, print and end with. */
class KeyVerbsTest {
    private static final String WRITTEN =
            "{\"key\":\"k\",\"revision\":\"7-41\",\"acks\":2,\"replicas\":3,\"quorum\":2}";
    private static final Map<String, String> REVISION = Map.of("Quorate-Revision", "7-41");

    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun();
    private final StringWriter errors = command.errors;
    private final StringWriter printed = command.printed;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer worker;
    private int status;
    private Map<String, String> headers = Map.of();
    private byte[] body = {};

    private record Asked(String line, Map<String, List<String>> headers, String body) {}

    @BeforeEach
    void startWorker() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/kv/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            headers.forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stopWorker() {
        worker.stop(0);
    }

    private void answers(int code, Map<String, String> with, String text) {
        status = code;
        headers = with;
        body = text.getBytes(StandardCharsets.UTF_8);
    }

    private void refuses(int code, String type) {
        answers(
                code,
                Map.of(),
                "{\"type\":\"urn:quorate:problem:" + type
                        + "\",\"detail\":\"Because.\",\"outcome\":\"not_applied\",\"retryable\":false}");
    }

    private int run(String... words) {
        return command.run(
                words, "--worker", "http://127.0.0.1:" + worker.getAddress().getPort() + "/");
    }

    @Test
    void putStoresTextAndTellsWhereItIs() {
        answers(201, REVISION, WRITTEN);

        assertThat(run("put", "k", "say \"x\"", "--ttl", "30s", "--if-match", "7-40"))
                .isZero();
        assertThat(printed.toString().strip()).isEqualTo("written, revision 7-41, on 2 of 3 replicas (quorum 2)");
        assertThat(asked.getFirst().line()).isEqualTo("PUT /kv/k?ttl=30000ms");
        assertThat(asked.getFirst().body()).isEqualTo("{\"value\":\"say \\\"x\\\"\"}");
        assertThat(asked.getFirst().headers()).containsEntry("If-match", List.of("\"7-40\""));
    }

    @Test
    void putAndGetAnswerTheSameJsonAsTheWorker() {
        answers(201, REVISION, WRITTEN);
        assertThat(run("put", "k", "v", "-o", "json")).isZero();
        assertThat(printed.toString().strip()).isEqualTo(WRITTEN);

        printed.getBuffer().setLength(0);
        answers(200, REVISION, "hello");
        assertThat(run("get", "k", "-o", "json")).isZero();
        assertThat(printed.toString().strip()).isEqualTo("{\"key\":\"k\",\"value\":\"hello\",\"revision\":\"7-41\"}");

        printed.getBuffer().setLength(0);
        body = new byte[] {(byte) 0xFF, 0};
        assertThat(run("get", "k", "-o", "json")).isZero();
        assertThat(printed.toString().strip())
                .isEqualTo("{\"key\":\"k\",\"valueBase64\":\"/wA=\",\"revision\":\"7-41\"}");
    }

    @Test
    void getSaysWhatItIsToSeeAtLeast() {
        answers(200, REVISION, "hello");

        assertThat(run("get", "k", "--consistency", "bounded", "--max-staleness", "2s", "--min-revision", "7-40"))
                .isZero();
        assertThat(run("get", "k", "--consistency", "local")).isZero();
        assertThat(asked)
                .extracting(Asked::line)
                .containsExactly(
                        "GET /kv/k?consistency=bounded&maxStaleness=2000ms&minRevision=7-40",
                        "GET /kv/k?consistency=local");
    }

    @Test
    void aFileIsStoredAndReadByteForByte() throws IOException {
        Path in = Files.write(folder.resolve("in"), new byte[] {'a', 0, '\n'});
        Path out = folder.resolve("out");
        answers(201, REVISION, WRITTEN);

        assertThat(run("put", "k", "--file", in.toString(), "--content-type", "text/x"))
                .isZero();
        assertThat(asked.getFirst().line()).isEqualTo("PUT /kv/k?raw=true");
        assertThat(asked.getFirst().body()).isEqualTo("a\0\n");
        assertThat(asked.getFirst().headers()).containsEntry("Content-type", List.of("text/x"));

        answers(200, REVISION, "a\0\n");
        assertThat(run("get", "k", "--file", out.toString())).isZero();
        assertThat(out).hasSameBinaryContentAs(in);
        assertThat(printed.toString()).contains("3 bytes written to " + out);
    }

    @Test
    void whereAValueComesFromIsSaidOnce() {
        assertThat(run("put", "k")).isEqualTo(ExitCode.USAGE);
        assertThat(run("put", "k", "v", "--file", "f")).isEqualTo(ExitCode.USAGE);
        assertThat(run("put", "k", "--file", folder.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines()).hasSize(3).last().asString().contains("cannot be read");
        assertThat(asked).isEmpty();
    }

    @Test
    void addExpireAndDelTellWhatTheyDid() {
        answers(200, REVISION, WRITTEN.replace("\"acks\"", "\"value\":\"12\",\"acks\""));
        assertThat(run("add", "k", "5")).isZero();
        answers(200, REVISION, WRITTEN);
        assertThat(run("expire", "k", "none")).isZero();
        answers(204, Map.of("Quorate-Revision", "7-41", "Quorate-Existed", "true"), "");
        assertThat(run("del", "k")).isZero();
        assertThat(run("del", "k", "-o", "json")).isZero();

        assertThat(printed.toString().lines())
                .containsExactly(
                        "12",
                        "changed, revision 7-41, on 2 of 3 replicas (quorum 2)",
                        "deleted",
                        "{\"key\":\"k\",\"existed\":true,\"revision\":\"7-41\"}");
        assertThat(asked)
                .extracting(Asked::line)
                .containsExactly("POST /kv/k?add=5", "PATCH /kv/k?ttl=none", "DELETE /kv/k", "DELETE /kv/k");
    }

    @ParameterizedTest
    @CsvSource({
        "put k v, 412, condition-failed, 5",
        "put k v, 413, value-too-large, 2",
        "add k, 409, not-an-integer, 2",
        "expire k 5s, 404, key-not-found, 4",
        "get k, 404, key-not-found, 4",
        "put k v, 503, no-quorum, 6",
        "put k v, 507, disk-full, 8",
        "put k v, 500, of-a-later-version, 1"
    })
    void aRefusalHasItsExitCode(String line, int code, String type, int exitCode) {
        refuses(code, type);

        assertThat(run((line + " -o json").split(" "))).isEqualTo(exitCode);
        assertThat(printed.toString()).contains("\"error\":\"" + type + "\"").contains("\"outcome\":\"not_applied\"");
    }

    @ParameterizedTest
    @CsvSource({
        "put k v --ttl never, A time to live",
        "expire k 0s, A time to live",
        "get k --consistency vague, There is no consistency 'vague'",
        "get k --consistency bounded --max-staleness 2h, from 1 ms to 1 h",
        "get k --consistency bounded --max-staleness soon, --max-staleness is",
        "get k --max-staleness 1s, only with consistency BOUNDED",
        "get k --min-revision 7, --min-revision is a revision",
        "put k v --idempotency-key ä, an idempotency key"
    })
    void whatHasNoMeaningIsRefusedUnasked(String line, String expected) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains(expected);
        assertThat(asked).isEmpty();
    }
}
