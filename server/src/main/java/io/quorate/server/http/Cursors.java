package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import java.util.Base64;
import java.util.Optional;

/** Where a listing of all keys goes on: a version and the least key that the next page may have. */
final class Cursors {
    private static final byte VERSION = 1;
    private static final int MAX_BYTES = 1 + Limits.MAX_KEY_BYTES + 1;

    private Cursors() {}

    static String write(Bytes next) {
        byte[] cursor = new byte[1 + next.length()];
        cursor[0] = VERSION;
        next.copyTo(cursor, 1);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /** Where to begin; with the first key when the query has no cursor. */
    static Parsed<Bytes> read(Query query) {
        Optional<String> text = query.text("cursor");
        if (text.isEmpty()) {
            return Parsed.ok(Bytes.EMPTY);
        }
        try {
            Bytes cursor = Bytes.wrap(Base64.getUrlDecoder().decode(text.get()));
            if (!cursor.isEmpty() && cursor.at(0) == VERSION && cursor.length() <= MAX_BYTES) {
                return Parsed.ok(cursor.slice(1, cursor.length()));
            }
        } catch (IllegalArgumentException malformed) {
            // Answered below.
        }
        return Parsed.bad("The cursor is not one that was answered here: begin without one.");
    }
}
