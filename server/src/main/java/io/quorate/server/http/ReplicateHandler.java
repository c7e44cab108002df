package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /replicate/{key}}: a record that another cluster or an import already has. */
final class ReplicateHandler {
    static final String PREFIX = "/replicate/";
    private static final Set<String> MEMBERS =
            Set.of("value", "valueBase64", "contentType", "originTimeMillis", "origin");
    private static final int MAX_ORIGIN_CHARS = 256;
    private static final String FORM = "The body is {\"value\": \"…\", \"originTimeMillis\": …, \"origin\": \"…\"};"
            + " bytes that are no text go under valueBase64, with their contentType.";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final WorkerService service;
    private final HttpSettings settings;

    ReplicateHandler(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        Parsed<Bytes> key = Routes.jsonOnly(exchange)
                .then(nothing -> exchange.query(List.of()))
                .then(nothing -> KeyFromPath.of(exchange.path(), PREFIX));
        switch (key) {
            case Parsed.Refused<Bytes>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Bytes>(Bytes named) ->
                exchange.readBody(
                        settings.maxJsonBodyBytes(),
                        ValueForms.tooLarge(settings.maxValueBytes()),
                        body -> write(exchange, named, body));
        }
    }

    private void write(Exchange exchange, Bytes key, Bytes body) {
        switch (command(key, body)) {
            case Parsed.Refused<Command>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Command>(Command command) ->
                service.write(
                        WriteRequest.of(command),
                        settings.requestTimeoutMillis(),
                        exchange.guarded(outcome -> WriteAnswers.replicate(exchange, key, outcome)));
        }
    }

    private Parsed<Command> command(Bytes key, Bytes body) {
        JsonNode document;
        try {
            document = MAPPER.readTree(body.toArray());
        } catch (JacksonException malformed) {
            return Parsed.bad("The JSON body is malformed. " + FORM);
        }
        if (!document.isObject()
                || !document.properties().stream().map(Map.Entry::getKey).allMatch(MEMBERS::contains)) {
            return Parsed.bad(FORM);
        }
        return ValueMembers.value(document, settings.maxValueBytes())
                .then(value -> origin(document)
                        .then(origin ->
                                time(document).map(time -> (Command) new Command.Replicate(key, value, time, origin))));
    }

    private static Parsed<String> origin(JsonNode document) {
        JsonNode origin = document.path("origin");
        if (origin.isMissingNode()) {
            return Parsed.ok("");
        }
        boolean fits = origin.isString()
                && origin.stringValue().length() <= MAX_ORIGIN_CHARS
                && !JsonValue.hasLoneSurrogate(origin.stringValue());
        return fits
                ? Parsed.ok(origin.stringValue())
                : Parsed.bad("origin is a text of at most " + MAX_ORIGIN_CHARS + " characters.");
    }

    private static Parsed<Long> time(JsonNode document) {
        JsonNode time = document.path("originTimeMillis");
        if (time.isMissingNode()) {
            return Parsed.ok(Command.Replicate.ONLY_IF_ABSENT);
        }
        return time.isIntegralNumber() && time.canConvertToLong() && time.longValue() >= 0
                ? Parsed.ok(time.longValue())
                : Parsed.bad("originTimeMillis is a whole number of milliseconds since 1970.");
    }
}
