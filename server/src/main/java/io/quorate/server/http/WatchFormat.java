package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.core.watch.ClusterWatch;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How a watch is written: as server-sent events, or as one JSON object on each line. */
enum WatchFormat {
    /** Events of the HTML standard, each with the position as its id. */
    EVENTS("text/event-stream"),
    /** Lines of JSON, each with the position as a member. */
    LINES("application/x-ndjson");

    private final String mediaType;

    WatchFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The one that an Accept header asks for. */
    static WatchFormat wanted(@Nullable String accept) {
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(LINES.mediaType) ? LINES : EVENTS;
    }

    String mediaType() {
        return mediaType;
    }

    /** A change. */
    Bytes change(ClusterWatch.Given given, boolean withValue) {
        String type = switch (given.change()) {
            case KeyChange.Put _ -> "put";
            case KeyChange.Deleted _ -> "delete";
            case KeyChange.Expired _ -> "expire";
        };
        return written(type, Optional.of(given.position().text()), json -> write(json, given, withValue));
    }

    private static void write(JsonGenerator json, ClusterWatch.Given given, boolean withValue) {
        KeyChange change = given.change();
        JsonText.bytes(json, "key", change.key());
        if (change instanceof KeyChange.Put put) {
            if (withValue) {
                JsonText.bytes(json, "value", put.record().value().bytes());
                ValueForms.writeContentType(json, put.record().value());
            }
            ValueForms.writeVersion(json, put.record());
        } else {
            json.writeStringProperty("revision", change.revision().toString());
        }
        json.writeNumberProperty("timeMillis", change.logTimeMillis());
        json.writeNumberProperty("partition", given.partition());
    }

    /**
     * That the watch is alive, and where it stands.
     *
     * @param notServed how many partitions cannot be asked at the moment
     */
    Bytes heartbeat(String position, int notServed) {
        return switch (this) {
            case EVENTS -> Bytes.utf8(": heartbeat" + words(notServed) + "\nid: " + position + "\n\n");
            case LINES ->
                written("heartbeat", Optional.of(position), json -> {
                    if (notServed > 0) {
                        json.writeNumberProperty("partitionsNotServed", notServed);
                    }
                });
        };
    }

    private static String words(int notServed) {
        return notServed == 0 ? "" : ", " + notServed + " partitions cannot be watched at the moment";
    }

    /** Why it ends. */
    Bytes problem(Refusal refusal) {
        return written("problem", Optional.empty(), json -> Problems.write(json, refusal, Problems.NOT_APPLIED));
    }

    private Bytes written(String type, Optional<String> position, Consumer<JsonGenerator> members) {
        return switch (this) {
            case EVENTS -> {
                String id = position.map(text -> "id: " + text + "\n").orElse("");
                String data = new String(JsonText.object(members).toArray(), StandardCharsets.UTF_8);
                yield Bytes.utf8(id + "event: " + type + "\ndata: " + data + "\n\n");
            }
            case LINES -> {
                Bytes object = JsonText.object(json -> {
                    json.writeStringProperty("event", type);
                    members.accept(json);
                    position.ifPresent(text -> json.writeStringProperty("position", text));
                });
                byte[] line = new byte[object.length() + 1];
                object.copyTo(line, 0);
                line[object.length()] = '\n';
                yield Bytes.wrap(line);
            }
        };
    }
}
