package io.quorate.acceptance.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Whether answers are as a document says. */
public final class Contract {
    private static final JsonMapper MAPPER = new JsonMapper();
    /** Each line is a document of its own. */
    private static final String LINES = "application/x-ndjson";

    /** What HTTP itself needs is not described. */
    private static final Set<String> OF_HTTP =
            Set.of("content-length", "content-type", "connection", "transfer-encoding");

    private final Document document;
    private final Schemas schemas;

    public Contract(Document document) {
        this.document = document;
        this.schemas = new Schemas(document);
    }

    public Document document() {
        return document;
    }

    /** The documented path that a request went to, or what it asked for. */
    public String pathOf(Exchanged exchanged) {
        return document.template(exchanged.path()).orElse("(unknown)");
    }

    /** What is not as the document says; empty when all is. */
    public List<String> complaints(Exchanged exchanged) {
        Optional<String> path = document.template(exchanged.path());
        Optional<Operation> operation = document.operation(exchanged.method(), exchanged.path());
        if (operation.isPresent()) {
            JsonNode response = operation.get().response(exchanged.status());
            return response.isMissingNode()
                    ? List.of("the status " + exchanged.status() + " is not documented for " + operation.get())
                    : complaints(response, exchanged);
        }
        int wanted = path.isPresent() ? 405 : 404;
        JsonNode response =
                document.components().path("responses").path(path.isPresent() ? "MethodNotAllowed" : "NoSuchPath");
        List<String> complaints = new ArrayList<>(complaints(response, exchanged));
        if (exchanged.status() != wanted) {
            complaints.add("it is not documented, and not answered with " + wanted);
        }
        path.ifPresent(documented -> allow(documented, exchanged, complaints));
        return complaints;
    }

    private void allow(String path, Exchanged exchanged, List<String> complaints) {
        Set<String> allowed =
                Arrays.stream(exchanged.header("Allow").split(",\\s*")).collect(Collectors.toCollection(TreeSet::new));
        if (!allowed.equals(document.methods(path))) {
            complaints.add(path + " allows " + allowed + ", documented are " + document.methods(path));
        }
    }

    private List<String> complaints(JsonNode response, Exchanged exchanged) {
        List<String> complaints = new ArrayList<>();
        headers(response.path("headers"), exchanged, complaints);
        boolean bodiless =
                exchanged.method().equals("HEAD") || response.path("content").isMissingNode();
        if (bodiless) {
            if (exchanged.body().length > 0) {
                complaints.add("there is a body");
            }
        } else {
            body(response.path("content"), exchanged, complaints);
        }
        return complaints;
    }

    private void headers(JsonNode documented, Exchanged exchanged, List<String> complaints) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(OF_HTTP);
        for (var each : documented.properties()) {
            known.add(each.getKey());
            JsonNode header = document.resolved(each.getValue());
            Optional<String> value = exchanged.headers().firstValue(each.getKey());
            if (value.isPresent()) {
                schemas.complaints(header.path("schema"), StringNode.valueOf(value.get()))
                        .forEach(wrong -> complaints.add("the header " + each.getKey() + ": " + wrong));
            } else if (header.path("required").asBoolean(false)) {
                complaints.add("the header " + each.getKey() + " is missing");
            }
        }
        exchanged.headers().map().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> complaints.add("the header " + name + " is not documented"));
    }

    private void body(JsonNode content, Exchanged exchanged, List<String> complaints) {
        String type = exchanged.mediaType();
        JsonNode documented = content.path(content.has(type) ? type : "*/*");
        if (documented.isMissingNode()) {
            complaints.add("the type " + type + " is not documented");
        } else if (type.equals(LINES)) {
            exchanged
                    .text()
                    .lines()
                    .forEach(line -> json(documented, line.getBytes(StandardCharsets.UTF_8), complaints));
        } else if (type.endsWith("json")) {
            json(documented, exchanged.body(), complaints);
        }
    }

    private void json(JsonNode documented, byte[] json, List<String> complaints) {
        try {
            complaints.addAll(schemas.complaints(documented.path("schema"), MAPPER.readTree(json)));
        } catch (JacksonException malformed) {
            complaints.add("the body is no JSON: " + malformed.getOriginalMessage());
        }
    }

    /** What is wrong with the examples of the document's own answers and bodies. */
    public List<String> complaintsOfExamples() {
        List<String> complaints = new ArrayList<>();
        document.components()
                .path("responses")
                .properties()
                .forEach(response -> response.getValue()
                        .path("content")
                        .properties()
                        .forEach(content -> examples(response.getKey(), content.getValue(), complaints)));
        for (Operation operation : document.operations()) {
            operation
                    .description()
                    .path("requestBody")
                    .path("content")
                    .properties()
                    .forEach(content -> examples(operation.toString(), content.getValue(), complaints));
        }
        return complaints;
    }

    private void examples(String where, JsonNode content, List<String> complaints) {
        List<JsonNode> examples = new ArrayList<>();
        if (content.has("example")) {
            examples.add(content.path("example"));
        }
        content.path("examples").forEach(example -> examples.add(example.path("value")));
        for (JsonNode example : examples) {
            schemas.complaints(content.path("schema"), example)
                    .forEach(wrong -> complaints.add("the example of " + where + ": " + wrong));
        }
    }
}
