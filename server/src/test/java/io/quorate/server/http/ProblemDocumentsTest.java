package io.quorate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page of problems and the documents at {@code /openapi.json} have each problem, with its status, and no other. */
class ProblemDocumentsTest {
    private static final Path PAGE = Path.of("../docs/problems.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.*)$");
    private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d) \\| (.*) \\|$");

    private static final Pattern REDIS_ERROR = Pattern.compile("(?m)^\\| `([A-Z]+)` \\| (.*) \\|$");

    private final HttpFixture fixture = new HttpFixture();
    private final JsonNode worker = document(fixture.worker(new FakeWorker("w1")));
    private final JsonNode controller = document(fixture.controller(new FakeController()));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void thePageHasEveryProblemWithItsStatusAndNoOther() throws IOException {
        assertThat(HEADING.matcher(Files.readString(PAGE)).results().map(hit -> hit.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        names(problem -> "`" + problem.type() + "` (" + problem.httpStatus() + ")"));
    }

    @Test
    void thePageSaysOfEveryProblemWhenItComesWhatItMeansAndWhatIsNext() throws IOException {
        for (String section : Files.readString(PAGE).split("\n## ", -1)) {
            if (section.startsWith("`")) {
                assertThat(section).contains("**When:**", "**The write:** `", "**Next:**");
            }
        }
    }

    @Test
    void thePageHasTheExitCodeOfEveryProblem() throws IOException {
        assertThat(rows(EXIT_CODE))
                .containsExactlyInAnyOrderElementsOf(
                        names(problem -> "`" + problem.type() + "` " + problem.exitCode()));
    }

    @Test
    void thePageHasTheRedisErrorOfEveryProblem() throws IOException {
        assertThat(rows(REDIS_ERROR))
                .containsExactlyInAnyOrderElementsOf(
                        names(problem -> "`" + problem.type() + "` " + problem.redisError()));
    }

    /** Each problem of a table that has them by something else, with that. */
    private static Set<String> rows(Pattern row) throws IOException {
        return row.matcher(Files.readString(PAGE))
                .results()
                .flatMap(found -> Stream.of(found.group(2).split(", ")).map(name -> name + " " + found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDocumentsKnowEveryProblemAndNoOther() {
        for (JsonNode document : List.of(worker, controller)) {
            JsonNode known = document.path("components")
                    .path("schemas")
                    .path("ProblemType")
                    .path("enum");
            assertThat(known.valueStream().map(type -> type.asString("")))
                    .containsExactlyInAnyOrderElementsOf(names(problem -> Problems.TYPE_PREFIX + problem.type()));
        }
    }

    @Test
    void everyProblemIsAnAnswerOfSomePathWithItsOwnStatus() {
        Set<String> answered = new TreeSet<>();
        for (JsonNode document : List.of(worker, controller)) {
            document.path("components").path("responses").forEach(response -> {
                JsonNode content = response.path("content").path(Problems.MEDIA_TYPE);
                JsonNode properties = content.path("schema").path("properties");
                properties.path("type").path("enum").forEach(type -> {
                    Problem problem = problem(type.asString(""));
                    answered.add(problem.type());
                    // HTTP has a narrower status for headers that are too long.
                    int status = properties.path("status").path("const").asInt(0);
                    assertThat(status == 431 ? 400 : status).as(problem.type()).isEqualTo(problem.httpStatus());
                });
                if (!content.isMissingNode()) {
                    isSound(content.path("example"));
                }
            });
        }
        assertThat(answered).containsExactlyInAnyOrderElementsOf(names(Problem::type));
    }

    private static void isSound(JsonNode example) {
        Problem problem = problem(example.path("type").asString(""));
        assertThat(example.path("retryable").asBoolean()).as(problem.type()).isEqualTo(problem.retryable());
        assertThat(example.path("title").asString("").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .isEqualTo(problem.type());
    }

    private static Problem problem(String type) {
        return Arrays.stream(Problem.values())
                .filter(problem -> type.equals(Problems.TYPE_PREFIX + problem.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no problem " + type));
    }

    private static List<String> names(Function<Problem, String> name) {
        return Arrays.stream(Problem.values()).map(name).toList();
    }

    private static JsonNode document(int port) {
        try {
            return HttpFixture.send(port, "GET", "/openapi.json").json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
