package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import java.util.Base64;
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
        return value(document)
                .then(value -> origin(document)
                        .then(origin ->
                                time(document).map(time -> (Command) new Command.Replicate(key, value, time, origin))));
    }

    private Parsed<Value> value(JsonNode document) {
        JsonNode text = document.path("value");
        JsonNode base64 = document.path("valueBase64");
        if (text.isMissingNode() == base64.isMissingNode()) {
            return Parsed.bad("Exactly one of value and valueBase64 is needed. " + FORM);
        }
        Parsed<Value> value = base64.isMissingNode() ? textValue(document, text) : bytesValue(document, base64);
        return value.then(checked -> checked.bytes().length() > settings.maxValueBytes()
                ? Parsed.refused(ValueForms.tooLarge(settings.maxValueBytes()))
                : Parsed.ok(checked));
    }

    private static Parsed<Value> textValue(JsonNode document, JsonNode value) {
        String text = value.isString() ? value.stringValue() : value.toString();
        if (JsonValue.hasLoneSurrogate(text)) {
            return Parsed.bad("The value has half of a surrogate pair, which no UTF-8 text can have.");
        }
        return document.has("contentType")
                ? contentType(document).map(type -> Value.raw(Bytes.utf8(text), type))
                : Parsed.ok(Value.json(text));
    }

    private static Parsed<Value> bytesValue(JsonNode document, JsonNode base64) {
        if (!base64.isString()) {
            return Parsed.bad(FORM);
        }
        try {
            Bytes bytes = Bytes.wrap(Base64.getDecoder().decode(base64.stringValue()));
            return contentType(document).map(type -> Value.raw(bytes, type));
        } catch (IllegalArgumentException malformed) {
            return Parsed.bad("valueBase64 is not Base64.");
        }
    }

    private static Parsed<String> contentType(JsonNode document) {
        JsonNode type = document.path("contentType");
        if (type.isMissingNode()) {
            return Parsed.ok(MediaTypes.OCTET_STREAM);
        }
        return type.isString() && MediaTypes.isStorable(type.stringValue())
                ? Parsed.ok(MediaTypes.stored(type.stringValue()))
                : Parsed.bad("contentType is a text of printable ASCII.");
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
