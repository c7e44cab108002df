package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code del-prefix} asks, prints and ends with. */
class DeletePrefixTest {
    private static final String FIRST = "DELETE /kv?confirm=yes&limit=1000&prefix=p%2F";
    private static final String SECOND = FIRST + "&cursor=c1";

    private final CommandRun command = new CommandRun();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server;
    private String address = "";

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        String workers = "{\"workers\":[{\"id\":\"w1\",\"address\":\"" + address + "\"}]}";
        server.createContext("/workers", exchange -> send(exchange, new Answer(200, workers)));
        server.createContext("/kv", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            send(exchange, answers.removeFirst());
        });
        server.start();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void deletes(int keys, String more) {
        answers.add(new Answer(200, "{\"deleted\":" + keys + more + "}"));
    }

    private void refuses(int status, String type, String outcome) {
        answers.add(new Answer(
                status,
                "{\"type\":\"urn:quorate:problem:" + type + "\",\"detail\":\"Because\",\"outcome\":\"" + outcome
                        + "\"}"));
    }

    private int run(String... more) {
        String[] words = {"del-prefix", "p/", "--controller", address};
        return command.run(words, more);
    }

    @Test
    void itDeletesPageAfterPageOnceThatIsSaidToBeMeant() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(asked).isEmpty();
        deletes(1_000, ",\"unknown\":0,\"cursor\":\"c1\"");
        deletes(7, ",\"unknown\":0");

        assertThat(run("--yes")).isZero();
        assertThat(asked).containsExactly(FIRST, SECOND);
        assertThat(command.printed.toString().strip()).isEqualTo("1007 keys deleted");
    }

    @Test
    void whatWasDeletedBeforeARefusalIsToldAndNotCalledNotApplied() {
        deletes(1_000, ",\"unknown\":0,\"cursor\":\"c1\"");
        refuses(507, "disk-full", "not_applied");
        assertThat(run("--yes")).isEqualTo(8);
        assertThat(command.errors.toString().lines())
                .containsExactly(
                        "1000 keys deleted so far", "1000 keys are deleted, then: Because. Run it again to go on.");

        deletes(1_000, ",\"unknown\":0,\"cursor\":\"c1\"");
        refuses(507, "disk-full", "not_applied");
        assertThat(run("--yes", "-o", "json")).isEqualTo(8);
        assertThat(command.printed.toString().strip())
                .isEqualTo("{\"deleted\":1000,\"error\":\"disk-full\",\"outcome\":\"partly_applied\","
                        + "\"detail\":\"Because\"}");
    }

    @Test
    void aRefusalThatPassesIsAskedAgain() {
        deletes(1_000, ",\"unknown\":0,\"cursor\":\"c1\"");
        refuses(503, "no-leader", "not_applied");
        deletes(7, ",\"unknown\":0");

        assertThat(run("--yes")).isZero();
        assertThat(asked).containsExactly(FIRST, SECOND, SECOND);
        assertThat(command.printed.toString().strip()).isEqualTo("1007 keys deleted");
    }

    @Test
    void whatIsLeftOfAPageIsAskedForAgain() {
        deletes(3, ",\"unknown\":0,\"cursor\":\"c1\",\"detail\":\"Nobody leads it.\"");
        deletes(7, ",\"unknown\":0");

        assertThat(run("--yes")).isZero();
        assertThat(command.printed.toString().strip()).isEqualTo("10 keys deleted");
    }

    @Test
    void nothingIsAskedAgainWhileTheFateOfADeletionIsOpen() {
        deletes(1_000, ",\"unknown\":0,\"cursor\":\"c1\"");
        refuses(504, "deadline", "unknown");
        assertThat(run("--yes", "-o", "json")).isEqualTo(ExitCode.UNKNOWN);
        deletes(3, ",\"unknown\":2,\"cursor\":\"c1\",\"detail\":\"No time was left\"");
        assertThat(run("--yes", "-o", "json")).isEqualTo(ExitCode.UNKNOWN);
        refuses(504, "deadline", "unknown");
        assertThat(run("--yes", "-o", "json")).isEqualTo(ExitCode.UNKNOWN);

        assertThat(asked).containsExactly(FIRST, SECOND, FIRST, FIRST);
        assertThat(command.printed.toString().lines())
                .allMatch(line -> line.contains("\"outcome\":\"unknown\""))
                .hasSize(3)
                .startsWith("{\"deleted\":1000,\"error\":\"deadline\",\"outcome\":\"unknown\",\"detail\":\"Because\"}");
        assertThat(command.errors.toString())
                .contains("1000 keys are deleted, then: Unknown outcome: Because. Run it again")
                .contains("3 keys are deleted, then: Unknown outcome: No time was left. Run it again");
    }

    @Test
    void whereNothingIsDeletedARefusalIsWhatItIs() {
        refuses(507, "disk-full", "not_applied");
        assertThat(run("--yes", "-o", "json")).isEqualTo(8);
        assertThat(command.printed.toString()).contains("\"outcome\":\"not_applied\"");
        server.stop(0);
        assertThat(run("--yes")).isEqualTo(ExitCode.UNREACHED);
        assertThat(command.errors.toString()).contains("No controller answers").doesNotContain("--worker");
    }
}
