package io.quorate.cli.transfer;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Limits;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.cli.BytesMember;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as one JSON object: {@code key} or {@code keyBase64}, {@code value} or {@code valueBase64},
 * {@code contentType} of a value that is stored as bytes, {@code revision}, {@code expiresMillis} if it has one.
 */
final class RecordLine {
    /** The longest line that is read. */
    static final int MAX_BYTES = 128 << 20;

    private static final Set<String> MEMBERS =
            Set.of("key", "keyBase64", "value", "valueBase64", "contentType", "revision", "expiresMillis");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RecordLine() {}

    /** What keeps an object from being a record. */
    private static final class NoRecordException extends Exception {
        private static final long serialVersionUID = 1L;

        NoRecordException(String why) {
            super(why);
        }
    }

    /** The line, with its end. */
    static byte[] of(KeyedRecord keyed) {
        ObjectNode line = MAPPER.createObjectNode();
        Record record = keyed.record();
        put(line, "key", keyed.key());
        putValue(line, record.value());
        line.put("revision", record.revision().toString());
        if (record.expiresMillis() != Record.NEVER) {
            line.put("expiresMillis", record.expiresMillis());
        }
        return (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A member with the bytes as text, or under {@code <name>Base64} when they are not UTF-8. */
    static void put(ObjectNode object, String name, Bytes bytes) {
        bytes.asUtf8()
                .ifPresentOrElse(
                        text -> object.put(name, text),
                        () -> object.put(name + "Base64", Base64.getEncoder().encodeToString(bytes.toArray())));
    }

    /** The members that make the value. */
    static void putValue(ObjectNode object, Value value) {
        put(object, "value", value.bytes());
        if (value.form() == ValueForm.RAW) {
            object.put("contentType", value.contentType());
        }
    }

    /** What a line says. */
    static Reading read(Bytes line) {
        Optional<String> text = line.asUtf8();
        if (text.isEmpty()) {
            return new Reading.Malformed("it is not UTF-8");
        }
        if (text.get().isBlank()) {
            return new Reading.Nothing();
        }
        try {
            return read(MAPPER.readTree(text.get()));
        } catch (JacksonException malformed) {
            return new Reading.Malformed("it is no JSON object: "
                    + String.valueOf(malformed.getOriginalMessage())
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
    }

    /** What an object says. */
    static Reading read(JsonNode object) {
        try {
            return new Reading.Found(record(object));
        } catch (NoRecordException none) {
            return new Reading.Malformed(String.valueOf(none.getMessage()));
        }
    }

    private static KeyedRecord record(JsonNode object) throws NoRecordException {
        if (!object.isObject()) {
            throw new NoRecordException("it is no JSON object");
        }
        Optional<String> unknown = object.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw new NoRecordException("there is no member '" + unknown.get() + "'");
        }
        Bytes key = bytes(object, "key");
        if (key.isEmpty() || key.length() > Limits.MAX_KEY_BYTES) {
            throw new NoRecordException("a key has 1 to " + Limits.MAX_KEY_BYTES + " bytes");
        }
        return new KeyedRecord(key, new Record(value(object), revision(object), 0, expiresMillis(object), ""));
    }

    /** Any JSON value stands for its text, as in a {@code PUT}; a key is a text. */
    private static Bytes bytes(JsonNode object, String name) throws NoRecordException {
        return switch (BytesMember.of(object, name)) {
            case BytesMember.Read _
            when name.equals("key") && object.has(name) && !object.path(name).isString() ->
                throw new NoRecordException("key is a text");
            case BytesMember.Read(Bytes bytes) -> bytes;
            case BytesMember.NotOnce _ ->
                throw new NoRecordException("exactly one of " + name + " and " + name + "Base64 is needed");
            case BytesMember.NotBase64 _ -> throw new NoRecordException(name + "Base64 is not Base64");
            case BytesMember.HalfOfAPair _ ->
                throw new NoRecordException(name + " has half of a surrogate pair, which no UTF-8 text can have");
        };
    }

    private static Value value(JsonNode object) throws NoRecordException {
        Bytes bytes = bytes(object, "value");
        JsonNode type = object.path("contentType");
        if (type.isMissingNode()) {
            return object.has("value") ? new Value(bytes, "", ValueForm.JSON) : Value.raw(bytes, Value.OCTET_STREAM);
        }
        boolean fits = type.isString()
                && type.stringValue().length() <= Limits.MAX_CONTENT_TYPE_BYTES
                && type.stringValue().chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!fits) {
            throw new NoRecordException("contentType is a text of at most " + Limits.MAX_CONTENT_TYPE_BYTES
                    + " printable ASCII characters");
        }
        return Value.raw(bytes, type.stringValue());
    }

    private static Revision revision(JsonNode object) throws NoRecordException {
        JsonNode revision = object.path("revision");
        return revision.isMissingNode()
                ? Revision.NONE
                : Revision.parse(revision.asString(""))
                        .orElseThrow(() -> new NoRecordException("revision is a text such as 7-41"));
    }

    private static long expiresMillis(JsonNode object) throws NoRecordException {
        JsonNode expires = object.path("expiresMillis");
        if (expires.isMissingNode()) {
            return Record.NEVER;
        }
        if (!expires.isIntegralNumber() || !expires.canConvertToLong() || expires.longValue() < 0) {
            throw new NoRecordException("expiresMillis is a whole number of milliseconds since 1970");
        }
        return expires.longValue();
    }
}
