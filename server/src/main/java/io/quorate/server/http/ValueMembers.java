package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Value;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * A key or a value among the members of a JSON object: {@code value} or {@code valueBase64}, and {@code contentType};
 * {@code key} or {@code keyBase64}.
 */
final class ValueMembers {
    private ValueMembers() {}

    /** The value; a string is its text, any other JSON value its text in the shortest form. */
    static Parsed<Value> value(JsonNode object, int maxValueBytes) {
        JsonNode text = object.path("value");
        JsonNode base64 = object.path("valueBase64");
        if (text.isMissingNode() == base64.isMissingNode()) {
            return Parsed.bad("Exactly one of value and valueBase64 is needed.");
        }
        Parsed<Value> value = base64.isMissingNode()
                ? textValue(object, text)
                : bytes("valueBase64", base64).then(bytes -> contentType(object).map(type -> Value.raw(bytes, type)));
        return value.then(checked -> checked.bytes().length() > maxValueBytes
                ? Parsed.refused(ValueForms.tooLarge(maxValueBytes))
                : Parsed.ok(checked));
    }

    private static Parsed<Value> textValue(JsonNode object, JsonNode value) {
        return text("The value", value.isString() ? value.stringValue() : value.toString())
                .then(text -> object.has("contentType")
                        ? contentType(object).map(type -> Value.raw(Bytes.utf8(text), type))
                        : Parsed.ok(Value.json(text)));
    }

    private static Parsed<String> text(String what, String text) {
        return JsonValue.hasLoneSurrogate(text)
                ? Parsed.bad(what + " has half of a surrogate pair, which no UTF-8 text can have.")
                : Parsed.ok(text);
    }

    private static Parsed<Bytes> bytes(String name, JsonNode base64) {
        if (base64.isString()) {
            try {
                return Parsed.ok(Bytes.wrap(Base64.getDecoder().decode(base64.stringValue())));
            } catch (IllegalArgumentException malformed) {
                return Parsed.bad(name + " is not Base64.");
            }
        }
        return Parsed.bad(name + " is a text in Base64.");
    }

    private static Parsed<String> contentType(JsonNode object) {
        JsonNode type = object.path("contentType");
        if (type.isMissingNode()) {
            return Parsed.ok(MediaTypes.OCTET_STREAM);
        }
        return type.isString() && Value.isStorableType(type.stringValue())
                ? Parsed.ok(MediaTypes.stored(type.stringValue()))
                : Parsed.bad("contentType is a text of printable ASCII.");
    }

    /** The key. */
    static Parsed<Bytes> key(JsonNode object) {
        JsonNode text = object.path("key");
        JsonNode base64 = object.path("keyBase64");
        if (text.isMissingNode() == base64.isMissingNode()) {
            return Parsed.bad("Exactly one of key and keyBase64 is needed.");
        }
        if (base64.isMissingNode() && !text.isString()) {
            return Parsed.bad("key is a text.");
        }
        Parsed<Bytes> key = base64.isMissingNode()
                ? text("The key", text.stringValue()).map(Bytes::utf8)
                : bytes("keyBase64", base64);
        return key.then(KeyFromPath::checked);
    }
}
