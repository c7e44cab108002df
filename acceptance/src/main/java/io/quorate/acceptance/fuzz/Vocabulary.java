package io.quorate.acceptance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What requests are made of: that which the documents at {@code /openapi.json} describe, and what no document has.
 *
 * @param operations all of them
 * @param bodies the examples of JSON bodies
 */
record Vocabulary(List<Operation> operations, List<JsonNode> bodies) {
    static final List<String> METHODS = List.of(
            "GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X", "PROPFIND");
    private static final List<String> KEYS = List.of(
            "fuzz",
            "fuzz",
            "fuzz",
            "fuzz/a",
            "fuzz%2Fa",
            "fuzz+b",
            "fuzz%25",
            "%00",
            "%ff%fe",
            "{fuzz}:a",
            "%F0%9F%98%80",
            "",
            "a;b",
            "a:b@c");
    private static final List<String> VALUES = List.of(
            "",
            "1",
            "-1",
            "true",
            "false",
            "none",
            "30s",
            "1ms",
            "99999999999999999999",
            "local",
            "bounded",
            "linearizable",
            "500ms",
            "all",
            "3",
            "1-2",
            "fuzz",
            "%",
            "%zz",
            "%ff",
            "%00",
            "w1",
            "../..",
            "+5",
            "1e9",
            "null",
            "*",
            "a&a=b");
    static final List<String> HEADERS = List.of(
            "Host: localhost",
            "Host: evil.example",
            "Content-Type: application/json",
            "Content-Type: ;;;",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: text/plain",
            "Content-Type: application/json",
            "Accept: application/json;q=9.9.9",
            "Accept: ,,,",
            "Accept: application/octet-stream",
            "If-None-Match: \"",
            "If-None-Match: *",
            "If-Match: *",
            "If-Match: \"1-1\", W/\"2-2\"",
            "If-Match: \"99999999999999999999-1\"",
            "Origin: null",
            "Origin: http://localhost",
            "Expect: 100-continue",
            "Expect: miracles",
            "Connection: keep-alive",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "X-Forwarded-For: 1.2.3.4",
            "X-Forwarded-Host: evil.example",
            "Content-Encoding: br",
            "Range: bytes=0-",
            "Idempotency-Key: fuzz",
            "Idempotency-Key: ",
            "Idempotency-Key: \u00ff",
            "Quorate-Session: 0-1-2; sequence=3; lowest=2",
            "Quorate-Session: 0-1-2; sequence=300; lowest=2",
            "Quorate-Session: ;",
            "Quorate-TTL: 1h",
            "Quorate-TTL: soon",
            "Quorate-Forwarded: 1",
            "If-Unmodified-Since: x",
            "Content-Range: bytes 0-1/2",
            "Cookie: a=b",
            "Accept-Encoding: gzip, br",
            "TE: trailers",
            "X: \u00ff\u0080");
    private static final String DURATION = "duration";

    static final List<String> BODIES = List.of(
            "x",
            "42",
            "{\"value\":\"v\"}",
            "{\"value\":1}",
            "{\"value\":",
            "[[[[[[",
            "{}",
            "null",
            "\"\"",
            "\0",
            "\u00ff\u00fe",
            "{\"value\":\"\\ud800\"}",
            "{\"value\":1e400}",
            "{\"value\":1,\"value\":2}",
            "{\"atomic\":true,\"items\":[{\"op\":\"get\",\"key\":\"{fuzz}:a\"},"
                    + "{\"op\":\"put\",\"key\":\"{fuzz}:a\",\"value\":1},{\"op\":\"get\",\"key\":\"{fuzz}:a\",\"ifMatch\":\"*\"}]}");

    /**
     * A method of a path.
     *
     * @param parameters of its query, each with its example, if it has one
     */
    record Operation(String method, String path, List<String> parameters) {}

    /** @param documents of all roles */
    static Vocabulary of(List<JsonNode> documents) {
        List<Operation> operations = new ArrayList<>();
        for (JsonNode document : documents) {
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().stream()
                            .filter(method -> method.getValue().has("operationId"))
                            .forEach(method -> operations.add(new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    parameters(document, method.getValue())))));
        }
        return new Vocabulary(
                List.copyOf(operations),
                documents.stream().flatMap(Vocabulary::bodies).toList());
    }

    private static List<String> parameters(JsonNode document, JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(reference ->
                        document.at(reference.path("$ref").asString("").substring(1)))
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .map(parameter -> parameter.path("name").asString("") + "="
                        + parameter.path("example").asString(""))
                .toList();
    }

    private static Stream<JsonNode> bodies(JsonNode document) {
        return document.path("paths")
                .valueStream()
                .flatMap(path -> path.valueStream()
                        .map(operation ->
                                operation.path("requestBody").path("content").path("application/json"))
                        .flatMap(content -> Stream.concat(
                                Stream.of(content.path("example")),
                                content.path("examples").valueStream().map(example -> example.path("value"))))
                        .filter(example -> !example.isMissingNode()));
    }

    /** The method and the target of a request of the interface. */
    String line(Dice dice) {
        Operation operation = operation(dice);
        String method = dice.onceIn(5) ? dice.any(METHODS) : operation.method();
        List<String> query = new ArrayList<>();
        for (String parameter : operation.parameters()) {
            String name = parameter.substring(0, parameter.indexOf('='));
            // What a confirmed deletion takes away is also what is looked for at the end.
            boolean mayTakeAway = name.equals("confirm") && method.equals("DELETE");
            // A watch without a duration goes on for good.
            if (name.equals(DURATION)) {
                query.add(DURATION + "=1ms");
            } else if (!mayTakeAway && !dice.onceIn(3)) {
                query.add(dice.onceIn(2) ? parameter : name + "=" + dice.any(VALUES));
            }
        }
        if (dice.onceIn(8)) {
            query.add(dice.any(VALUES));
        }
        String path = operation
                .path()
                .replace("{key}", dice.any(KEYS))
                .replace("{file}", dice.onceIn(3) ? "../app.js" : "app.js");
        return method + " " + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** Half of them are about one key. A comparison of all replicas is much work and always the same, so it is rare. */
    private Operation operation(Dice dice) {
        boolean aboutKey = dice.onceIn(2);
        boolean pulls = dice.onceIn(50);
        List<Operation> wanted = operations.stream()
                .filter(operation -> aboutKey ? operation.path().contains("{key}") : pulls || !isPull(operation))
                .toList();
        return dice.any(wanted.isEmpty() ? operations : wanted);
    }

    private static boolean isPull(Operation operation) {
        return operation.path().equals("/pull");
    }
}
