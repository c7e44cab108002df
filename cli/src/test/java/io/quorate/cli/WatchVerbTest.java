package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quorate.api.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code quorate watch} sends, prints and ends with. */
class WatchVerbTest {
    private static final String AT = "\"revision\":\"7-41\",\"timeMillis\":1700000000123,\"partition\":3,\"position\":";
    private static final String BEGUN = "{\"event\":\"heartbeat\",\"position\":\"p0\"}";
    private static final String PUT = "{\"event\":\"put\",\"key\":\"a\",\"value\":\"v\"," + AT + "\"p1\"}";
    private static final String DELETED = "{\"event\":\"delete\",\"keyBase64\":\"/wA=\"," + AT + "\"p2\"}";
    private static final String EXPIRED = "{\"event\":\"expire\",\"key\":\"b\"," + AT + "\"p3\"}";

    private final CommandRun command = new CommandRun();
    private final StringWriter errors = command.errors;
    private final StringWriter printed = command.printed;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer worker;
    private String lines = "";

    /** Shows the lines to whoever begins, and has nothing more for whoever goes on. */
    @BeforeEach
    void startWorker() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/watch", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            boolean begins = asked.size() == 1 && !lines.isEmpty();
            byte[] body = (begins ? lines : problem(Problem.POSITION_GONE)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(begins ? 200 : 410, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stopWorker() {
        worker.stop(0);
    }

    private static String problem(Problem problem) {
        return "{\"type\":\"urn:quorate:problem:%s\",\"detail\":\"Because.\",\"outcome\":\"not_applied\",\"retryable\":%b}"
                .formatted(problem.type(), problem.retryable());
    }

    private void shows(String... each) {
        lines = String.join("\n", each) + "\n";
    }

    private int run(String... words) {
        return command.run(
                words, "--worker", "http://127.0.0.1:" + worker.getAddress().getPort());
    }

    @Test
    void peopleSeeALineForEachChange() {
        shows(BEGUN, PUT, DELETED, EXPIRED);

        assertThat(run("watch", "p/")).isEqualTo(Problem.POSITION_GONE.exitCode());
        assertThat(printed.toString().lines().map(line -> line.substring(line.indexOf('\t') + 1)))
                .containsExactly("put\ta\tv\t7-41", "delete\tbase64:/wA=\t\t7-41", "expire\tb\t\t7-41");
        assertThat(printed.toString()).startsWith("2023-11-1").contains(":20.123");
        assertThat(asked).containsExactly("/watch?prefix=p%2F&values=true", "/watch?prefix=p%2F&values=true&from=p3");
    }

    @Test
    void programsSeeWhatTheWorkerWrote() {
        String whole = "{\"event\":\"put\",\"key\":\"a\",\"valueBase64\":\"/w==\",\"contentType\":\"a/b\","
                + "\"revision\":\"7-41\",\"expiresMillis\":1700000000999,\"timeMillis\":1700000000123,\"partition\":3,"
                + "\"position\":\"p4\"}";
        shows(BEGUN, PUT, DELETED, EXPIRED, whole);

        assertThat(run("watch", "-o", "json")).isEqualTo(Problem.POSITION_GONE.exitCode());
        assertThat(printed.toString().lines()).startsWith(BEGUN, PUT, DELETED, EXPIRED, whole);
        assertThat(printed.toString()).contains("\"error\":\"position-gone\"");
    }

    @Test
    void aLongValueIsShortenedAndStaysOnItsLine() {
        shows(BEGUN, PUT.replace("\"v\"", "\"x\\ny" + "z".repeat(100) + "\""));
        run("watch");
        assertThat(printed.toString().lines()).singleElement().asString().contains("\tx·y" + "z".repeat(57) + "…\t");
    }

    @Test
    void itGoesOnWhereItIsToldAndWithoutValuesIfThatIsWanted() {
        assertThat(run("watch", "--from", "p9", "--no-values")).isEqualTo(Problem.POSITION_GONE.exitCode());
        assertThat(asked).containsExactly("/watch?prefix=&values=false&from=p9");
        assertThat(errors.toString().lines()).containsExactly("Because.");
    }

    @Test
    void whoeverCannotGoOnIsToldWhereItEnded() {
        shows(
                BEGUN,
                PUT,
                "{\"event\":\"problem\"," + problem(Problem.BAD_REQUEST).substring(1));

        assertThat(run("watch", "it's")).isEqualTo(Problem.BAD_REQUEST.exitCode());
        assertThat(errors.toString().lines())
                .hasSize(3)
                .startsWith("Position: p1")
                .endsWith("Because.")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("Go on with: quorate watch --from p1 'it'\\''s' --worker http://127.0.0.1:"));
    }

    @Test
    void nobodyThereIsToldAtOnce() {
        worker.stop(0);
        assertThat(run("watch")).isEqualTo(ExitCode.UNREACHED);
    }
}
