package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.client.WatchEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The events of a watch as lines. */
final class WatchLines {
    /** Of a value, people see no more characters than this. */
    static final int MAX_SHOWN_CHARS = 60;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private WatchLines() {}

    /** For people: time, what happened, the key, the value if there is one, the revision; empty when nothing happened. */
    static Optional<String> text(WatchEvent event, ZoneId zone) {
        return switch (event) {
            case WatchEvent.Put put ->
                Optional.of(columns(put, zone, put.value().map(value -> shown(value.bytes(), MAX_SHOWN_CHARS))));
            case WatchEvent.Deleted deleted -> Optional.of(columns(deleted, zone, Optional.empty()));
            case WatchEvent.Expired expired -> Optional.of(columns(expired, zone, Optional.empty()));
            case WatchEvent.Progress _ -> Optional.empty();
        };
    }

    private static String columns(WatchEvent.Change change, ZoneId zone, Optional<String> value) {
        return String.join(
                "\t",
                TIME.format(Instant.ofEpochMilli(change.timeMillis()).atZone(zone)),
                name(change),
                shown(change.key(), Integer.MAX_VALUE),
                value.orElse(""),
                change.revision().toString());
    }

    /** On one line, whatever the bytes are, and no longer than that. */
    private static String shown(Bytes bytes, int maxChars) {
        String text = bytes.asUtf8().orElseGet(() -> "base64:" + base64(bytes));
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(maxChars)
                .forEach(letter -> shown.appendCodePoint(Character.isISOControl(letter) ? '·' : letter));
        return shown + (text.codePointCount(0, text.length()) > maxChars ? "…" : "");
    }

    /** For programs: what a worker writes. */
    static Map<String, Object> json(WatchEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", name(event));
        if (event instanceof WatchEvent.Change change) {
            putBytes(json, "key", change.key());
            if (change instanceof WatchEvent.Put put) {
                put.value().ifPresent(value -> putValue(json, value));
            }
            json.put("revision", change.revision().toString());
            if (change instanceof WatchEvent.Put put) {
                put.expiresMillis().ifPresent(millis -> json.put("expiresMillis", millis));
            }
            json.put("timeMillis", change.timeMillis());
            json.put("partition", change.partition());
        }
        json.put("position", event.position());
        return json;
    }

    private static String name(WatchEvent event) {
        return switch (event) {
            case WatchEvent.Put _ -> "put";
            case WatchEvent.Deleted _ -> "delete";
            case WatchEvent.Expired _ -> "expire";
            case WatchEvent.Progress _ -> "heartbeat";
        };
    }

    private static void putValue(Map<String, Object> json, Value value) {
        putBytes(json, "value", value.bytes());
        if (value.form() == ValueForm.RAW) {
            json.put("contentType", value.contentType());
        }
    }

    private static void putBytes(Map<String, Object> json, String name, Bytes bytes) {
        bytes.asUtf8().ifPresentOrElse(text -> json.put(name, text), () -> json.put(name + "Base64", base64(bytes)));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
