package io.quorate.server.http;

import io.quorate.api.Bytes;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** Writes the JSON of answers. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 256;

    private JsonText() {}

    /** One object with the members that are written to the generator. */
    static Bytes object(Consumer<JsonGenerator> members) {
        try (ByteArrayBuilder target = new ByteArrayBuilder(USUAL_BYTES);
                JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), target)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
            json.flush();
            return Bytes.wrap(target.toByteArray());
        }
    }

    /** A member with the bytes as text, or under {@code <name>Base64} when they are not UTF-8. */
    static void bytes(JsonGenerator json, String name, Bytes bytes) {
        Optional<String> text = bytes.asUtf8();
        if (text.isPresent()) {
            json.writeStringProperty(name, text.get());
        } else {
            json.writeStringProperty(name + "Base64", Base64.getEncoder().encodeToString(bytes.toArray()));
        }
    }

    /** A member that is null when there is nothing. */
    static void orNull(JsonGenerator json, String name, Optional<?> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get().toString());
        } else {
            json.writeNullProperty(name);
        }
    }

    /** An array of texts. */
    static void strings(JsonGenerator json, String name, Iterable<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    /** An array of objects. */
    static <T> void objects(JsonGenerator json, String name, Iterable<T> values, Consumer<T> members) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeStartObject();
            members.accept(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
