package io.quorate.acceptance.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document of one role. */
public final class Document {
    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "patch", "delete", "options");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonNode root;

    /** @param text as a process serves it */
    public Document(String text) {
        root = MAPPER.readTree(text);
    }

    JsonNode components() {
        return root.path("components");
    }

    JsonNode pathItem(String path) {
        return root.path("paths").path(path);
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }

    /** All of them. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (String path : root.path("paths").propertyNames()) {
            for (String method : methods(path)) {
                operations.add(new Operation(this, method, path, pathItem(path).path(method.toLowerCase(Locale.ROOT))));
            }
        }
        return operations;
    }

    /** The methods of a documented path. */
    Set<String> methods(String path) {
        return pathItem(path).propertyNames().stream()
                .filter(METHODS::contains)
                .map(method -> method.toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The documented path that a requested one belongs to: the one with the longest part that is not a parameter. */
    Optional<String> template(String requested) {
        return root.path("paths").propertyNames().stream()
                .filter(path -> fits(path, requested))
                .max(Comparator.comparingInt(path -> fixed(path).length()));
    }

    private boolean fits(String path, String requested) {
        if (!path.contains("{")) {
            return path.equals(requested);
        }
        return requested.startsWith(fixed(path)) && (!path.endsWith("{file}") || isFile(path, requested));
    }

    private boolean isFile(String path, String requested) {
        return resolved(pathItem(path).path("parameters").path(0))
                .path("schema")
                .path("enum")
                .valueStream()
                .anyMatch(file -> requested.equals(fixed(path) + file.asString("")));
    }

    private static String fixed(String path) {
        int parameter = path.indexOf('{');
        return parameter < 0 ? path : path.substring(0, parameter);
    }

    /** The operation of a request, if there is one. */
    Optional<Operation> operation(String method, String requested) {
        return template(requested)
                .filter(path -> methods(path).contains(method))
                .map(path -> new Operation(this, method, path, pathItem(path).path(method.toLowerCase(Locale.ROOT))));
    }
}
