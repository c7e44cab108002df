package io.quorate.cli.verb;

import io.quorate.client.WatchEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The events of a watch as lines. */
final class WatchLines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private WatchLines() {}

    /** For people: time, what happened, the key, the value if there is one, the revision; empty when nothing happened. */
    static Optional<String> text(WatchEvent event, ZoneId zone) {
        return switch (event) {
            case WatchEvent.Put put ->
                Optional.of(columns(
                        put, zone, put.value().map(value -> KeyText.shown(value.bytes(), KeyText.MAX_VALUE_CHARS))));
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
                KeyText.onOneLine(change.key()),
                value.orElse(""),
                change.revision().toString());
    }

    /** For programs: what a worker writes. */
    static Map<String, Object> json(WatchEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", name(event));
        if (event instanceof WatchEvent.Change change) {
            KeyText.putBytes(json, "key", change.key());
            if (change instanceof WatchEvent.Put put) {
                put.value().ifPresent(value -> KeyText.putValue(json, value));
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
}
