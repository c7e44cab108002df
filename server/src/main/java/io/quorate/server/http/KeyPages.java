package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import io.quorate.core.port.WorkerService.KeyPage;
import io.quorate.core.port.WorkerService.KeyQuery;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Lists of keys as they are asked for and answered: a cursor is the last key of a page. */
final class KeyPages {
    static final List<String> PARAMETERS = List.of("prefix", "limit", "cursor");
    private static final int MAX_LIMIT = 10_000;
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_PAGE_BYTES = 4 << 20;

    private KeyPages() {}

    static Parsed<KeyQuery> query(Query query) {
        return KeyFromPath.prefix(query)
                .then(prefix -> query.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT)
                        .then(limit -> cursor(query).map(after -> new KeyQuery(prefix, after, limit))));
    }

    private static Parsed<Optional<Bytes>> cursor(Query query) {
        Optional<String> text = query.text("cursor");
        if (text.isEmpty()) {
            return Parsed.ok(Optional.empty());
        }
        try {
            Bytes after = Bytes.wrap(Base64.getUrlDecoder().decode(text.get()));
            if (after.length() <= Limits.MAX_KEY_BYTES) {
                return Parsed.ok(Optional.of(after));
            }
        } catch (IllegalArgumentException malformed) {
            // Answered below.
        }
        return Parsed.bad("The cursor is not one that was answered here: begin without one.");
    }

    /** The page, cut where it would be too long for one answer. */
    static KeyPage fitting(KeyPage page) {
        long bytes = 0;
        for (int i = 0; i < page.keys().size(); i++) {
            bytes += page.keys().get(i).length();
            if (bytes > MAX_PAGE_BYTES && i > 0) {
                return new KeyPage(page.keys().subList(0, i), true);
            }
        }
        return page.keys().isEmpty() ? new KeyPage(List.of(), false) : page;
    }

    /** A page; a key that is not UTF-8 is an object with the member {@code keyBase64}. */
    static Bytes json(List<Bytes> keys, Optional<Bytes> cursor, Consumer<JsonGenerator> more) {
        return JsonText.object(json -> {
            json.writeArrayPropertyStart("keys");
            keys.forEach(key -> write(json, key));
            json.writeEndArray();
            json.writeNumberProperty("count", keys.size());
            cursor.ifPresent(last -> json.writeStringProperty("cursor", cursorOf(last)));
            more.accept(json);
        });
    }

    static String cursorOf(Bytes last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.toArray());
    }

    private static void write(JsonGenerator json, Bytes key) {
        Optional<String> text = key.asUtf8();
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeStartObject();
            JsonText.bytes(json, "key", key);
            json.writeEndObject();
        }
    }
}
