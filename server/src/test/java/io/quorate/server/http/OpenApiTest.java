package io.quorate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The documents at {@code /openapi.json} are whole, and name the paths that the front ends route. */
class OpenApiTest {
    private static final Path SOURCES = Path.of("src/main/java/io/quorate/server/http");
    private static final Path FILES_OF_THE_PAGE = Path.of("src/main/resources/ui/files.txt");
    private static final Pattern CASE = Pattern.compile("case \"(/[^\"]*)\" ->");
    private static final Pattern PREFIX = Pattern.compile("path\\.startsWith\\((\\w+)\\.(\\w*PREFIX)\\)");
    private static final Pattern LISTED = Pattern.compile("There are (.*?)(?:;|\\.$)");

    private final HttpFixture fixture = new HttpFixture();
    private final int worker = fixture.worker(new FakeWorker("w1"));
    private final int controller = fixture.controller(new FakeController());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void eachRoleServesItsDocumentWithTheVersionOfTheBuild() throws IOException {
        for (int port : new int[] {worker, controller}) {
            JsonNode document = document(port);
            assertThat(document.path("openapi").asString("")).isEqualTo("3.1.0");
            assertThat(document.path("info").path("version").asString("")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        }
        assertThat(document(worker).path("info").path("title").asString("")).isEqualTo("Quorate worker");
        assertThat(document(controller).path("info").path("title").asString("")).isEqualTo("Quorate controller");
    }

    @Test
    void everyPathOfAWorkerIsDocumentedAndNoOther() throws IOException {
        assertThat(documented(worker)).isEqualTo(routed("WorkerHttp.java"));
    }

    @Test
    void everyPathOfAControllerIsDocumentedAndNoOther() throws IOException {
        Set<String> routed = routed("ControllerHttp.java");
        // The page and its files are what is left when no other path fits.
        routed.addAll(Set.of("/", "/ui/{file}"));
        assertThat(documented(controller)).isEqualTo(routed);
    }

    @Test
    void everyFileOfThePageIsDocumentedAndNoOther() throws IOException {
        JsonNode names = document(controller).at("/components/parameters/File/schema/enum");
        assertThat(names.valueStream().map(name -> name.asString("")))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(FILES_OF_THE_PAGE));
    }

    @Test
    void whoAsksForAnUnknownPathIsToldTheDocumentedOnes() throws IOException {
        assertThat(told(worker)).isEqualTo(documented(worker));
        assertThat(told(controller))
                .isEqualTo(documented(controller).stream()
                        .filter(path -> !path.startsWith("/ui/"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyReferenceLeadsToAComponentAndEveryComponentIsReferredTo() throws IOException {
        for (int port : new int[] {worker, controller}) {
            JsonNode document = document(port);
            Set<String> references = document.findValues("$ref").stream()
                    .map(reference -> reference.asString(""))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> components = new TreeSet<>();
            document.path("components")
                    .properties()
                    .forEach(kind -> kind.getValue()
                            .propertyNames()
                            .forEach(name -> components.add("#/components/" + kind.getKey() + "/" + name)));
            // What is answered to a path or a method that is not documented belongs to no operation.
            components.remove("#/components/responses/NoSuchPath");
            components.remove("#/components/responses/MethodNotAllowed");
            references.remove("#/components/responses/NoSuchPath");
            assertThat(references).isEqualTo(components);
        }
    }

    private static JsonNode document(int port) throws IOException {
        return HttpFixture.send(port, "GET", "/openapi.json").json();
    }

    private static Set<String> documented(int port) throws IOException {
        return new TreeSet<>(document(port).path("paths").propertyNames());
    }

    private static Set<String> told(int port) throws IOException {
        String detail =
                HttpFixture.send(port, "GET", "/nowhere").json().path("detail").asString("");
        return LISTED.matcher(detail)
                .results()
                .flatMap(list -> Stream.of(list.group(1).split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The paths in a front end's source: its cases, and the prefixes that it looks for. */
    private static Set<String> routed(String file) throws IOException {
        String source = Files.readString(SOURCES.resolve(file));
        Set<String> paths =
                CASE.matcher(source).results().map(hit -> hit.group(1)).collect(Collectors.toCollection(TreeSet::new));
        for (MatchResult prefix : PREFIX.matcher(source).results().toList()) {
            String declaring = Files.readString(SOURCES.resolve(prefix.group(1) + ".java"));
            Pattern constant = Pattern.compile(prefix.group(2) + " = \"([^\"]*)\"");
            constant.matcher(declaring).results().forEach(hit -> paths.add(hit.group(1) + "{key}"));
        }
        return paths;
    }
}
