package io.quorate.core.wire;

import io.quorate.api.Limits;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;

/**
 * The form of a value: a head, then the content type unless the head says it all, then the content with its length.
 *
 * <p>The head is {@link #HEAD_BITS} bits, of which a record uses the rest of the byte: bit 0 is the form, bits 1 to 4
 * are the code of a frequent content type, 0 for one that is spelled out.
 */
final class ValueCodecV1 {
    /** How many of the lowest bits of a byte the head takes. */
    static final int HEAD_BITS = 5;

    private static final int JSON = 0;
    private static final int RAW = 1;
    private static final int SPELLED_OUT = 0;

    private ValueCodecV1() {}

    static void write(ByteWriter writer, Value value) {
        int head = head(value);
        writer.u8(head);
        writeBody(writer, value, head);
    }

    static Value read(ByteReader reader) {
        return readBody(reader, reader.u8());
    }

    static int head(Value value) {
        int form = switch (value.form()) {
            case JSON -> JSON;
            case RAW -> RAW;
        };
        return form | contentTypeCode(value.contentType()) << 1;
    }

    static void writeBody(ByteWriter writer, Value value, int head) {
        if (head >> 1 == SPELLED_OUT) {
            writer.text(value.contentType(), Limits.MAX_CONTENT_TYPE_BYTES);
        }
        writer.bytes(value.bytes(), WireLimits.MAX_VALUE_BYTES);
    }

    static Value readBody(ByteReader reader, int head) {
        ValueForm form = (head & 1) == JSON ? ValueForm.JSON : ValueForm.RAW;
        String contentType = contentType(reader, head >> 1);
        return new Value(reader.bytes(WireLimits.MAX_VALUE_BYTES), contentType, form);
    }

    private static int contentTypeCode(String contentType) {
        return switch (contentType) {
            case "" -> 1;
            case "application/octet-stream" -> 2;
            case "application/json" -> 3;
            case "text/plain" -> 4;
            case "text/plain; charset=utf-8" -> 5;
            case "text/plain;charset=utf-8" -> 6;
            case "text/html" -> 7;
            default -> SPELLED_OUT;
        };
    }

    private static String contentType(ByteReader reader, int code) {
        return switch (code) {
            case SPELLED_OUT -> reader.text(Limits.MAX_CONTENT_TYPE_BYTES);
            case 1 -> "";
            case 2 -> "application/octet-stream";
            case 3 -> "application/json";
            case 4 -> "text/plain";
            case 5 -> "text/plain; charset=utf-8";
            case 6 -> "text/plain;charset=utf-8";
            case 7 -> "text/html";
            default -> throw reader.unknown("content type", code);
        };
    }
}
