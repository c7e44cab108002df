package io.quorate.server.http;

import io.quorate.api.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Takes the value out of a body {@code {"value": …}} without building a tree. */
final class JsonValue {
    private static final String NOT_AN_ENVELOPE = "A JSON body is an object with the member \"value\" and nothing else,"
            + " for example {\"value\":\"hello\"}; to store a document itself add ?raw=true.";
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int BYTE_ORDER_MARK_BYTES = 3;

    private JsonValue() {}

    /** The bytes to store: of a string its UTF-8 form, of any other value its text as it stands in the body. */
    static Parsed<Bytes> in(Bytes body) {
        byte[] text = withoutByteOrderMark(body);
        if (!isUtf8(text)) {
            return Parsed.bad("The JSON body is not well-formed UTF-8.");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return read(parser, text);
        } catch (JacksonException malformed) {
            return Parsed.bad("The JSON body is malformed: " + Refusal.shown(malformed.getOriginalMessage()) + ". "
                    + NOT_AN_ENVELOPE);
        }
    }

    private static Parsed<Bytes> read(JsonParser parser, byte[] text) {
        if (parser.nextToken() != JsonToken.START_OBJECT || !"value".equals(parser.nextName())) {
            return Parsed.bad(NOT_AN_ENVELOPE);
        }
        Parsed<Bytes> value = content(parser, text);
        return parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null
                ? value
                : Parsed.bad(NOT_AN_ENVELOPE);
    }

    private static Parsed<Bytes> content(JsonParser parser, byte[] text) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            String string = parser.getString();
            return hasLoneSurrogate(string)
                    ? Parsed.bad("The value has half of a surrogate pair, which no UTF-8 text can have.")
                    : Parsed.ok(Bytes.utf8(string));
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return Parsed.ok(Bytes.copyOf(text, from, to - from));
    }

    private static byte[] withoutByteOrderMark(Bytes body) {
        boolean marked = body.length() >= BYTE_ORDER_MARK_BYTES
                && body.at(0) == (byte) 0xEF
                && body.at(1) == (byte) 0xBB
                && body.at(2) == (byte) 0xBF;
        return marked ? body.slice(BYTE_ORDER_MARK_BYTES, body.length()).toArray() : body.toArray();
    }

    /** Also rules out UTF-16 and UTF-32, whose texts have zero bytes and which the parser would guess. */
    private static boolean isUtf8(byte[] text) {
        int bits = 0;
        for (byte b : text) {
            if (b == 0) {
                return false;
            }
            bits |= b;
        }
        if (bits >= 0) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
