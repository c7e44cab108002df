package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How values travel: as a member of a JSON object or as the body itself. */
final class ValueForms {
    private ValueForms() {}

    /** What to read of a request's body. */
    record Plan(ValueForm form, String contentType) {}

    /**
     * How the body of a write is to be taken.
     *
     * @param raw whether the client asked for the body to be stored as it is
     */
    static Parsed<Plan> plan(@Nullable String contentType, @Nullable String contentEncoding, boolean raw) {
        if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
            return Parsed.bad("Content-Encoding " + Refusal.shown(contentEncoding)
                    + " is not supported: send the body as it is to be stored.");
        }
        if (!raw && contentType != null && MediaTypes.isJson(contentType)) {
            return MediaTypes.hasForeignCharset(contentType)
                    ? Parsed.bad("JSON is UTF-8; another charset is not supported.")
                    : Parsed.ok(new Plan(ValueForm.JSON, ""));
        }
        String stored = MediaTypes.stored(contentType);
        return Value.isStorableType(stored)
                ? Parsed.ok(new Plan(ValueForm.RAW, stored))
                : Parsed.bad("The Content-Type is longer than " + io.quorate.api.Limits.MAX_CONTENT_TYPE_BYTES
                        + " characters or has some that are not printable ASCII.");
    }

    /** The value in a body. */
    static Parsed<Value> value(Plan plan, Bytes body, int maxValueBytes) {
        Parsed<Bytes> bytes = plan.form() == ValueForm.RAW ? Parsed.ok(body) : JsonValue.in(body);
        return bytes.then(content -> content.length() > maxValueBytes
                ? Parsed.refused(tooLarge(maxValueBytes))
                : Parsed.ok(new Value(content, plan.contentType(), plan.form())));
    }

    static Refusal tooLarge(int maxValueBytes) {
        return Refusal.of(
                Problem.VALUE_TOO_LARGE,
                "The longest value has " + maxValueBytes + " bytes (MAX_VALUE_BYTES). Nothing was written.");
    }

    /** Answers the record in the form that the client wants. */
    static void answer(Exchange exchange, Bytes key, Record record, MediaTypes.Wanted wanted) {
        Value value = record.value();
        boolean json = switch (wanted) {
            case JSON -> true;
            case BYTES -> false;
            case STORED -> value.form() == ValueForm.JSON;
        };
        if (json) {
            exchange.json(200, object(key, record));
            return;
        }
        // Whatever a client stored is not to run as a page of this server.
        exchange.with("Content-Security-Policy", "default-src 'none'; sandbox")
                .end(200, rawType(value, wanted), value.bytes());
    }

    private static String rawType(Value value, MediaTypes.Wanted wanted) {
        boolean known = wanted == MediaTypes.Wanted.STORED
                && !value.contentType().isBlank()
                && Value.isStorableType(value.contentType());
        return known ? value.contentType() : MediaTypes.OCTET_STREAM;
    }

    private static Bytes object(Bytes key, Record record) {
        return JsonText.object(json -> write(json, key, record));
    }

    static void write(JsonGenerator json, Bytes key, Record record) {
        JsonText.bytes(json, "key", key);
        JsonText.bytes(json, "value", record.value().bytes());
        writeVersion(json, record);
    }

    /** A record as it has to be written for the same record to be stored again. */
    static void writeWhole(JsonGenerator json, Bytes key, Record record) {
        write(json, key, record);
        writeContentType(json, record.value());
    }

    /** A value that was stored as bytes has a type. */
    static void writeContentType(JsonGenerator json, Value value) {
        if (value.form() == ValueForm.RAW) {
            json.writeStringProperty("contentType", value.contentType());
        }
    }

    /** What tells this version of a key from others. */
    static void writeVersion(JsonGenerator json, Record record) {
        json.writeStringProperty("revision", record.revision().toString());
        if (record.expiresMillis() != Record.NEVER) {
            json.writeNumberProperty("expiresMillis", record.expiresMillis());
        }
    }
}
