package io.quorate.acceptance.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A method of a path, as a document describes it.
 *
 * @param path with {@code {key}} or another parameter at its end, if it has one
 * @param description its node, references resolved by {@code document}
 */
public record Operation(Document document, String method, String path, JsonNode description) {
    /** The description of the answer with that status; missing when there is none. */
    JsonNode response(int status) {
        return document.resolved(description.path("responses").path(Integer.toString(status)));
    }

    /** A request for it as its examples show it. */
    public Sample sample() {
        StringBuilder target = new StringBuilder(path);
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : parameters()) {
            String name = parameter.path("name").asString("");
            String example = parameter
                    .path("example")
                    .asString(parameter.path("schema").path("enum").path(0).asString(""));
            switch (parameter.path("in").asString("")) {
                case "path" -> target.replace(target.indexOf("{"), target.indexOf("}") + 1, example);
                case "query" -> {
                    if (!example.isEmpty()) {
                        query.add(name + "=" + example);
                    }
                }
                default -> {}
            }
        }
        target.append(query.isEmpty() ? "" : "?" + String.join("&", query));
        return bodyOf(target.toString());
    }

    private Sample bodyOf(String target) {
        JsonNode json = description.path("requestBody").path("content").path("application/json");
        JsonNode example = json.path("example");
        if (example.isMissingNode()) {
            example = json.path("examples").path("text").path("value");
        }
        return new Sample(
                method,
                target,
                Map.of("Content-Type", "application/json"),
                example.isMissingNode() ? "" : example.toString());
    }

    private List<JsonNode> parameters() {
        List<JsonNode> parameters = new ArrayList<>();
        document.pathItem(path).path("parameters").forEach(each -> parameters.add(document.resolved(each)));
        description.path("parameters").forEach(each -> parameters.add(document.resolved(each)));
        return parameters;
    }

    /**
     * A request.
     *
     * @param target path and query
     */
    public record Sample(String method, String target, Map<String, String> headers, String body) {}

    @Override
    public String toString() {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
