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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code scan} and {@code batch} send, print and end with. */
class ManyKeysVerbsTest {
    private static final String PAGE = "{\"items\":[{\"key\":\"a\",\"value\":\"1\",\"revision\":\"7-41\"},"
            + "{\"keyBase64\":\"/wA=\",\"valueBase64\":\"/w==\",\"contentType\":\"a/b\",\"revision\":\"7-42\","
            + "\"expiresMillis\":5}]}";
    private static final String APPLIED = "{\"status\":201,\"revision\":\"7-41\",\"existed\":false}";

    @TempDir
    Path folder;

    private final CommandRun command = new CommandRun();
    private final StringWriter errors = command.errors;
    private final StringWriter printed = command.printed;
    private final List<String> asked = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer worker;
    /** How long an answer takes. */
    private volatile long answersMillis;

    private record Answer(int status, String body) {}

    @BeforeEach
    void startWorker() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/kv", this::answer);
        worker.createContext("/batch", this::answer);
        worker.start();
    }

    /** As the test says; the last answer is repeated. */
    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        pause();
        Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Quorate-Revision", "7-41");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void pause() {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(answersMillis);
        while (System.nanoTime() < endNanos) {
            LockSupport.parkNanos(endNanos - System.nanoTime());
        }
    }

    @AfterEach
    void stopWorker() {
        worker.stop(0);
    }

    private void answers(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private static String problem(String type, String outcome) {
        return "{\"type\":\"urn:quorate:problem:" + type + "\",\"detail\":\"Because.\",\"outcome\":\"" + outcome
                + "\",\"retryable\":false}";
    }

    private static String items(String... items) {
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    private int run(String... words) {
        return command.run(
                words, "--worker", "http://127.0.0.1:" + worker.getAddress().getPort());
    }

    private int batch(String content, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("items"), content);
        return run(Stream.concat(Stream.of("batch", file.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void scanListsKeysPageAfterPage() {
        answers(200, PAGE.replace("]}", "],\"cursor\":\"c1\"}"));
        answers(200, PAGE);

        assertThat(run("scan", "p/", "--values", "--limit", "3")).isZero();
        assertThat(printed.toString().lines()).containsExactly("a\t1", "base64:/wA=\tbase64:/w==", "a\t1");
        assertThat(asked)
                .containsExactly(
                        "GET /kv?prefix=p%2F&limit=3&values=true ",
                        "GET /kv?prefix=p%2F&limit=3&values=true&cursor=c1 ");
    }

    @Test
    void scanTellsProgramsWhatTheWorkerWrote() {
        answers(200, PAGE);

        assertThat(run("scan", "--values", "-o", "json")).isZero();
        assertThat(items(printed.toString().lines().toArray(String[]::new))).isEqualTo(PAGE);
    }

    @Test
    void scanCounts() {
        answers(200, "{\"count\":12}");

        assertThat(run("scan", "--count", "p/")).isZero();
        assertThat(run("scan", "--count", "-o", "json")).isZero();
        assertThat(printed.toString().lines()).containsExactly("12", "{\"count\":12}");
        assertThat(asked).containsExactly("GET /kv?prefix=p%2F&count=true ", "GET /kv?prefix=&count=true ");
    }

    @Test
    void aCountIsWaitedForLongerThanAnythingElse() {
        answersMillis = 2_800;
        answers(200, "{\"count\":12}");

        assertThat(run("scan", "--count")).isZero();
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=5", "--from=c1", "--values"})
    void aCountIsOfAllKeys(String option) {
        assertThat(run("scan", "--count", option)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("leave --values, --limit and --from out");
        assertThat(asked).isEmpty();
    }

    @Test
    void aScanShowsEachKeyOnALineThatIsHarmlessForATerminal() {
        String hostile = "{\"items\":[{\"key\":\"a\\nb\\u001b[2J\",\"value\":\"x\\r\\ty\",\"revision\":\"7-41\"}]}";
        answers(200, hostile);

        assertThat(run("scan", "--values")).isZero();
        assertThat(printed.toString().lines()).containsExactly("a·b·[2J\tx··y");
        printed.getBuffer().setLength(0);
        assertThat(run("scan", "--values", "-o", "json")).isZero();
        assertThat(printed.toString()).contains("\"a\\nb\\u001B[2J\"").contains("\"x\\r\\ty\"");
    }

    @Test
    void aScanThatCannotGoOnTellsHowManyAreLeft() {
        answers(200, PAGE.replace("]}", "],\"cursor\":\"c1\"}"));
        answers(400, problem("bad-request", "not_applied"));

        assertThat(run("scan", "p/", "--limit", "5")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).startsWith("Go on with: quorate scan --from c1 --limit 3 p/ --worker ");
    }

    @Test
    void aScanThatCannotGoOnTellsHowToGoOn() {
        answers(200, PAGE.replace("]}", "],\"cursor\":\"c1\"}"));
        answers(400, problem("bad-request", "not_applied"));

        assertThat(run("scan", "p/")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Go on with: quorate scan --from c1 p/ --worker http://127.0.0.1:");
        assertThat(run("scan", "--limit", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void batchSendsLinesTogetherAndTellsWhatBecameOfEach() throws IOException {
        String found = "{\"status\":200,\"key\":\"e\",\"value\":\"x\\ny\",\"revision\":\"7-1\"}";
        answers(200, items(APPLIED, APPLIED.replace("}", ",\"value\":\"12\"}"), found));

        assertThat(batch("""
                        {"op":"put","key":"a","value":{"b":1.50},"ttl":30,"ifNoneMatch":"*"}

                        {"op":"add","keyBase64":"/wA=","add":5,"ifMatch":"7-40"}
                        {"op":"get","key":"e"}""")).isZero();
        assertThat(printed.toString().lines())
                .containsExactly(
                        "put\ta\tapplied\t\t7-41", "add\tbase64:/wA=\tapplied\t12\t7-41", "get\te\tfound\tx·y\t7-1");
        assertThat(asked)
                .containsExactly("POST /batch {\"atomic\":false,\"items\":["
                        + "{\"op\":\"put\",\"key\":\"a\",\"value\":\"{\\\"b\\\":1.50}\",\"ttl\":\"30000ms\",\"ifNoneMatch\":\"*\"},"
                        + "{\"op\":\"add\",\"keyBase64\":\"/wA=\",\"add\":5,\"ifMatch\":\"\\\"7-40\\\"\"},"
                        + "{\"op\":\"get\",\"key\":\"e\"}]}");
    }

    @Test
    void batchEndsWithTheExitCodeOfTheFirstItemThatWasNotDone() throws IOException {
        answers(
                200,
                items(
                        APPLIED,
                        problem("condition-failed", "not_applied"),
                        problem("key-not-found", "not_applied"),
                        APPLIED));

        assertThat(batch(
                        "{\"op\":\"delete\",\"key\":\"a\"}".repeat(2) + "{\"op\":\"get\",\"key\":\"a\"}"
                                + "{\"op\":\"expire\",\"key\":\"a\",\"ttl\":\"none\"}",
                        "-o",
                        "json"))
                .isEqualTo(5);
        assertThat(printed.toString().lines())
                .hasSize(5)
                .startsWith(
                        "{\"key\":\"a\",\"outcome\":\"applied\",\"revision\":\"7-41\",\"existed\":false}",
                        "{\"key\":\"a\",\"error\":\"condition-failed\",\"outcome\":\"not_applied\",\"detail\":\"The"
                                + " condition did not hold; nothing was written.\"}",
                        "{\"key\":\"a\",\"error\":\"key-not-found\",\"outcome\":\"not_applied\",\"detail\":\"There is no"
                                + " key a.\"}");
    }

    @Test
    void aBodyOfABatchIsSentAsOne() throws IOException {
        String body = "{\n \"atomic\": true, \"items\": [{\"op\":\"add\",\"key\":\"{t}a\",\"add\":1}]}";
        answers(200, "{\"revision\":\"7-41\",\"items\":[{\"key\":\"{t}a\",\"existed\":true,\"value\":\"3\"}]}");

        assertThat(batch(body, "--idempotency-key", "mine")).isZero();
        assertThat(printed.toString().lines()).containsExactly("add\t{t}a\tapplied\t3\t7-41");
        answers.clear();
        answers(412, problem("condition-failed", "not_applied").replace("}", ",\"item\":0}"));
        assertThat(batch(body)).isEqualTo(5);
        assertThat(asked.getLast())
                .isEqualTo(
                        "POST /batch {\"atomic\":true,\"items\":[" + "{\"op\":\"add\",\"key\":\"{t}a\",\"add\":1}]}");
        assertThat(errors.toString()).contains("The condition of item 0 did not hold");
    }

    @Test
    void manyItemsAreSentInBatchesAndNoneAfterOneThatNobodyServes() throws IOException {
        String line = "{\"op\":\"delete\",\"key\":\"a\"}\n";
        answers(200, items(IntStream.range(0, 128).mapToObj(_ -> APPLIED).toArray(String[]::new)));
        answers(200, items(APPLIED, problem("no-quorum", "not_applied")));

        assertThat(batch(line.repeat(128 + 2) + "{\"items\":[" + line + "]}")).isEqualTo(6);
        assertThat(asked).hasSize(2);
        assertThat(printed.toString().lines()).hasSize(130);
        assertThat(errors.toString()).contains("The items after these were not sent.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"op\":\"get\",\"key\":\"a\"} {\"op\":\"fly\"}| Item 1 (they begin with 0) has an op",
                "{\"op\":\"get\",\"key\":\"a\",\"ttl\":\"1s\"}| has a member",
                "{\"op\":\"put\",\"key\":\"a\"}| needs exactly one of value",
                "{\"op\":\"put\",\"key\":\"a\",\"value\":1,\"ttl\":\"soon\"}| has a ttl",
                "{\"op\":\"add\",\"key\":\"a\",\"add\":1.5}| has no add",
                "{\"op\":\"delete\",\"key\":\"a\",\"ifMatch\":\"*\",\"ifNoneMatch\":\"*\"}| has both",
                "{\"op\":\"get\",\"key\":\"a\",\"ifMatch\":\"*\"}| A get has a condition only in a batch",
                "{\"items\":[],\"atomic\":true}| 1 to 128 items",
                "{\"items\":[],\"more\":1}| A batch is",
                "{\"op\":\"get\"| is no JSON",
                "[1]| is no JSON object",
                "''| There are no items"
            })
    void whatIsNoBatchIsRefusedUnasked(String content, String expected) throws IOException {
        assertThat(batch(content)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines()).singleElement().asString().contains(expected);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"key\":\"\",\"value\":1| has a key of 0 bytes",
                "\"key\":\"KEY\",\"value\":1| has a key of 4097 bytes",
                "\"key\":\"a\",\"value\":1,\"contentType\":\"KEY\"| has a contentType",
                "\"key\":\"a\",\"valueBase64\":\"/w==\",\"contentType\":\"a/b\\nc: d\"| has a contentType",
                "\"key\":\"a\",\"value\":1,\"ifNoneMatch\":\"W/\\\"5-3\\\"\"| has an ifNoneMatch",
                "\"key\":\"a\",\"value\":1,\"ifNoneMatch\":\"7-41,\"| has an ifNoneMatch",
                "\"key\":\"a\",\"value\":1,\"ifNoneMatch\":\"\"| has an ifNoneMatch",
                "\"key\":\"a\",\"value\":1,\"ifMatch\":\"*, 7-41\"| has an ifMatch"
            })
    void nothingIsSentWhenALaterBatchIsWrong(String members, String expected) throws IOException {
        String wrong = "{\"op\":\"put\"," + members.replace("KEY", "k".repeat(4_097)) + "}";

        assertThat(batch("{\"op\":\"delete\",\"key\":\"a\"}\n".repeat(128) + wrong))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Item 128 (they begin with 0) " + expected)
                .endsWith(". Nothing was sent.");
        assertThat(asked).isEmpty();
    }

    @Test
    void aConditionNamesRevisionsWithOrWithoutQuotes() throws IOException {
        answers(200, items(APPLIED));

        assertThat(batch("{\"op\":\"delete\",\"key\":\"a\",\"ifMatch\":\"7-41, \\\"7-42\\\"\"}"))
                .isZero();
        assertThat(asked).singleElement().asString().contains("\"ifMatch\":\"\\\"7-41\\\", \\\"7-42\\\"\"");
    }

    @Test
    void whatCannotBeReadOrReachedIsNamedAsItWasGiven() {
        String none = folder.resolve("missing.json").toString();
        assertThat(run("batch", none)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().strip()).isEqualTo(none + " cannot be read: NoSuchFile (" + none + ").");

        errors.getBuffer().setLength(0);
        worker.stop(0);
        assertThat(run("scan")).isEqualTo(ExitCode.UNREACHED);
        assertThat(errors.toString().strip())
                .contains(". Nothing was changed. Start that worker, name another one, or leave --worker out")
                .doesNotContain("--controller");
    }

    @Test
    void aNameIsForOneBatch() throws IOException {
        String lines = IntStream.range(0, 129)
                .mapToObj(i -> "{\"op\":\"delete\",\"key\":\"" + i + "\"}")
                .collect(Collectors.joining("\n"));
        assertThat(batch(lines, "--idempotency-key", "mine")).isEqualTo(ExitCode.USAGE);
        assertThat(asked).isEmpty();
    }
}
