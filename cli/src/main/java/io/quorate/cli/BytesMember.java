package io.quorate.cli;

import io.quorate.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** What a JSON object says under a name as text, or as {@code <name>Base64} for bytes that are no text. */
public sealed interface BytesMember {
    /** The bytes. */
    record Read(Bytes bytes) implements BytesMember {}

    /** It says it twice, or not at all. */
    record NotOnce() implements BytesMember {}

    /** It is not Base64. */
    record NotBase64() implements BytesMember {}

    /** The text has half of a surrogate pair, which no UTF-8 text can have. */
    record HalfOfAPair() implements BytesMember {}

    /** Reads it; any JSON value stands for its text, as in a {@code PUT}. */
    static BytesMember of(JsonNode object, String name) {
        JsonNode text = object.path(name);
        JsonNode base64 = object.path(name + "Base64");
        if (text.isMissingNode() == base64.isMissingNode()) {
            return new NotOnce();
        }
        return text.isMissingNode() ? decoded(base64) : encoded(text);
    }

    private static BytesMember decoded(JsonNode base64) {
        try {
            return base64.isString()
                    ? new Read(Bytes.wrap(Base64.getDecoder().decode(base64.stringValue())))
                    : new NotBase64();
        } catch (IllegalArgumentException malformed) {
            return new NotBase64();
        }
    }

    private static BytesMember encoded(JsonNode text) {
        String content = text.isString() ? text.stringValue() : text.toString();
        return StandardCharsets.UTF_8.newEncoder().canEncode(content)
                ? new Read(Bytes.utf8(content))
                : new HalfOfAPair();
    }
}
