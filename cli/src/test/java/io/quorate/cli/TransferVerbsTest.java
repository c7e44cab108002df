package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code export}, {@code import} and {@code keys} ask, print and end with. */
class TransferVerbsTest {
    private static final String LINE = "{\"key\":\"a\",\"value\":\"1\",\"revision\":\"7-41\"}\n";

    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun();
    private final StringWriter errors = command.errors;
    private final StringWriter printed = command.printed;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String address = "";
    private int status = 200;
    private String page = "{\"items\":[" + LINE.strip() + "],\"count\":1}";
    private String batch = "{\"items\":[{\"status\":201}]}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext(
                "/workers",
                exchange -> answer(exchange, 200, "{\"workers\":[{\"id\":\"w1\",\"address\":\"" + address + "\"}]}"));
        server.createContext("/kv", exchange -> answer(exchange, status, page));
        server.createContext(
                "/ui/api/keys", exchange -> answer(exchange, 200, "{\"keys\":[\"a\\nb\",{\"keyBase64\":\"/w==\"}]}"));
        server.createContext("/batch", exchange -> answer(exchange, status, batch));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int code, String text) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/workers")) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int run(String... words) {
        return command.run(words, "--controller", address);
    }

    @Test
    void exportAsksForPagesAndTellsHowManyKeysThereAre() throws IOException {
        Path file = folder.resolve("f");

        assertThat(run("export", file.toString(), "--prefix", "a/b")).isZero();
        assertThat(file).hasContent(LINE);
        assertThat(asked).containsExactly("GET /kv?values=true&limit=1000&prefix=a%2Fb ");
        assertThat(printed.toString().strip()).isEqualTo("1 keys written to " + file);

        printed.getBuffer().setLength(0);
        Path out = folder.resolve("d");
        assertThat(run("export", "--folder", out.toString(), "-o", "json")).isZero();
        assertThat(out.resolve("a")).hasContent("{\"value\": \"1\", \"revision\": \"7-41\"}");
        assertThat(printed.toString().strip()).isEqualTo("{\"folder\":\"" + out + "\",\"keys\":1}");
    }

    @Test
    void keysAreListedOnALineEach() {
        assertThat(run("keys")).isZero();
        assertThat(run("keys", "-o", "json")).isZero();
        assertThat(printed.toString().lines()).startsWith("a·b", "base64:/w==", "{\"key\":\"a\\nb\"}");
    }

    @Test
    void importSendsABatchAndTellsWhatBecameOfIt() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), LINE);

        assertThat(run("import", file.toString(), "--prefix-with", "p:", "--if-absent"))
                .isZero();
        assertThat(asked)
                .containsExactly("POST /batch {\"items\":[{\"op\":\"put\",\"key\":\"p:a\",\"value\":\"1\","
                        + "\"ifNoneMatch\":\"*\"}]}");
        assertThat(printed.toString().strip())
                .isEqualTo("1 written, 0 left out (0 expired, 0 there already, 0 malformed), 0 refused, 0 unknown");

        printed.getBuffer().setLength(0);
        Files.writeString(file, "{}");
        assertThat(run("import", "--folder", folder.toString(), "--dry-run", "-o", "json"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("file f: ").contains("named above");
        assertThat(printed.toString().strip())
                .isEqualTo(
                        "{\"written\":0,\"expired\":0,\"existing\":0,\"malformed\":1,\"refused\":0,\"unknown\":0,\"writtenOrExisting\":0}");
    }

    @Test
    void whatStopsATransferIsItsExitCode() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), LINE);
        status = 507;
        batch = "{\"type\":\"urn:quorate:problem:disk-full\",\"detail\":\"Full\",\"outcome\":\"not_applied\"}";
        assertThat(run("import", file.toString())).isEqualTo(8);
        assertThat(errors.toString().lines())
                .containsExactly("The import stopped at line 1: Full. Go on with --resume.");

        errors.getBuffer().setLength(0);
        page = batch;
        assertThat(run("export", folder.resolve("g").toString())).isEqualTo(8);
        assertThat(errors.toString().lines()).containsExactly("0 keys are exported, then: Full. Go on with --resume.");
    }

    @Test
    void whatHasNoMeaningIsRefusedUnasked() {
        String none = folder.resolve("none").toString();
        assertThat(run("export")).isEqualTo(ExitCode.USAGE);
        assertThat(run("import", none, "--folder", none)).isEqualTo(ExitCode.USAGE);
        assertThat(run("export", "-", "--resume")).isEqualTo(ExitCode.USAGE);
        assertThat(run("export", "/dev/null")).isEqualTo(ExitCode.USAGE);
        assertThat(run("import", none, "--dry-run", "--resume")).isEqualTo(ExitCode.USAGE);
        assertThat(run("import", none)).isEqualTo(ExitCode.USAGE);
        assertThat(run("import", "--folder", none)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines()).hasSize(7).last().asString().contains("cannot be read");
        assertThat(asked).isEmpty();
    }
}
