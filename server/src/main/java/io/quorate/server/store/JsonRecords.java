package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.core.wire.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of a key's file: a JSON object on one line, for people to read.
 *
 * <p>{@code value}, or {@code valueBase64} when it is not UTF-8; where they are needed {@code revision},
 * {@code contentType} (of form raw; {@code form} if the two do not agree), {@code modified} and {@code expires} (ISO
 * 8601), {@code origin}, and {@code key} or {@code keyBase64} when the file's name does not tell the key. Other members
 * are ignored. Thread-safe.
 */
final class JsonRecords {
    /** The largest file that is written or read. */
    static final int MAX_FILE_BYTES = 128 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_FILE_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader FOREIGN = MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final DefaultPrettyPrinter.NopIndenter ONE_LINE = new DefaultPrettyPrinter.NopIndenter();
    private static final ObjectWriter WRITER = MAPPER.writer()
            .with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEntrySpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(ONE_LINE));

    private JsonRecords() {}

    static Bytes encode(Bytes key, Record record) {
        ObjectNode file = MAPPER.createObjectNode();
        Value value = record.value();
        putBytes(file, "value", value.bytes());
        put(
                file,
                "revision",
                !record.revision().equals(Revision.NONE),
                record.revision().toString());
        put(
                file,
                "contentType",
                value.form() == ValueForm.RAW || !value.contentType().isEmpty(),
                value.contentType());
        put(file, "form", value.form() == ValueForm.JSON && !value.contentType().isEmpty(), "json");
        put(file, "modified", record.modifiedMillis() != 0, time(record.modifiedMillis()));
        put(file, "expires", record.expiresMillis() != Record.NEVER, time(record.expiresMillis()));
        put(file, "origin", !record.origin().isEmpty(), record.origin());
        if (JsonNames.isHashed(JsonNames.of(key))) {
            putBytes(file, "key", key);
        }
        Bytes content = Bytes.wrap((WRITER.writeValueAsString(file) + "\n").getBytes(StandardCharsets.UTF_8));
        if (content.length() > MAX_FILE_BYTES) {
            throw new IllegalArgumentException("a file of " + content.length() + " bytes for key " + key);
        }
        return content;
    }

    /** The record of the key whose file has this content; throws {@link MalformedException}. */
    static Record decode(Bytes key, Bytes content) {
        try {
            JsonNode file = MAPPER.readTree(content.toArray());
            if (JsonNames.isHashed(JsonNames.of(key)) && !Objects.equals(bytes(file, "key"), key)) {
                throw new MalformedException("the file belongs to another key");
            }
            return record(file);
        } catch (JacksonException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new MalformedException("not the JSON of a record: " + firstLine(e));
        }
    }

    /**
     * The key and the record in a file that something else than a store wrote, where a value that is no string stands
     * for its text; empty when the file may be none of a key's. Throws {@link MalformedException}.
     */
    static Optional<KeyedRecord> decodeForeign(String name, Bytes content) {
        boolean doubtful = JsonNames.isDoubtful(name);
        try {
            JsonNode file = FOREIGN.readTree(content.toArray());
            if (doubtful && !file.has("value") && !file.has("valueBase64")) {
                return Optional.empty();
            }
            if (file instanceof ObjectNode object
                    && object.has("value")
                    && !object.path("value").isString()) {
                object.put("value", object.path("value").toString());
            }
            if (!StandardCharsets.UTF_8
                    .newEncoder()
                    .canEncode(file.path("value").asString(""))) {
                throw new MalformedException("the value has half of a surrogate pair");
            }
            return Optional.of(new KeyedRecord(foreignKey(name, file), record(file)));
        } catch (JacksonException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            if (doubtful) {
                return Optional.empty();
            }
            throw new MalformedException("not the JSON of a record: " + firstLine(e));
        }
    }

    private static Bytes foreignKey(String name, JsonNode file) {
        if (!JsonNames.isHashed(name)) {
            return JsonNames.decodeForeign(name);
        }
        Bytes key = bytes(file, "key");
        if (key == null || !JsonNames.of(key).equals(name)) {
            throw new MalformedException("the file belongs to another key");
        }
        return key;
    }

    private static Record record(JsonNode file) {
        Bytes bytes = bytes(file, "value");
        if (bytes == null) {
            throw new MalformedException("neither value nor valueBase64 in the file");
        }
        String contentType = text(file, "contentType");
        boolean json = contentType == null || "json".equals(text(file, "form"));
        Value value = new Value(bytes, orEmpty(contentType), json ? ValueForm.JSON : ValueForm.RAW);
        String modified = text(file, "modified");
        String expires = text(file, "expires");
        return new Record(
                value,
                revision(text(file, "revision")),
                modified == null ? 0 : Instant.parse(modified).toEpochMilli(),
                expires == null ? Record.NEVER : Instant.parse(expires).toEpochMilli(),
                orEmpty(text(file, "origin")));
    }

    private static Revision revision(@Nullable String text) {
        return text == null
                ? Revision.NONE
                : Revision.parse(text).orElseThrow(() -> new MalformedException("the revision " + text));
    }

    private static void put(ObjectNode file, String name, boolean needed, String text) {
        if (needed) {
            file.put(name, text);
        }
    }

    private static void putBytes(ObjectNode file, String name, Bytes bytes) {
        Optional<String> text = bytes.asUtf8();
        if (text.isPresent()) {
            file.put(name, text.get());
        } else {
            file.put(name + "Base64", Base64.getEncoder().encodeToString(bytes.toArray()));
        }
    }

    private static @Nullable Bytes bytes(JsonNode file, String name) {
        String text = text(file, name);
        if (text != null) {
            return Bytes.utf8(text);
        }
        String base64 = text(file, name + "Base64");
        return base64 == null ? null : Bytes.wrap(Base64.getDecoder().decode(base64));
    }

    private static @Nullable String text(JsonNode file, String name) {
        JsonNode member = file.get(name);
        if (member == null) {
            return null;
        }
        if (!member.isString()) {
            throw new MalformedException("the member " + name + " is not a string");
        }
        return member.stringValue();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
