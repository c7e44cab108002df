package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import io.quorate.api.Problem;
import java.util.Optional;

/** The key that a request's raw path names: everything after the prefix, percent-decoded once. */
final class KeyFromPath {
    private KeyFromPath() {}

    static Parsed<Bytes> of(String rawPath, String prefix) {
        String raw = rawPath.substring(prefix.length());
        if (raw.indexOf('#') >= 0) {
            return Parsed.bad("The path has a '#'; in a key it is written %23.");
        }
        Optional<Bytes> key = PercentCoding.decode(raw, false);
        return key.isEmpty()
                ? Parsed.bad("The key has a percent sign that is not followed by two hexadecimal digits, or a character"
                        + " that has to be percent-encoded. A percent sign itself is written %25.")
                : checked(key.get());
    }

    /** The beginning that keys are to have, which may be empty, off the parameter {@code prefix}. */
    static Parsed<Bytes> prefix(Query query) {
        Bytes prefix = query.bytes("prefix").orElse(Bytes.EMPTY);
        return prefix.isEmpty() ? Parsed.ok(prefix) : checked(prefix);
    }

    /** The key if its length is one that a key can have. */
    static Parsed<Bytes> checked(Bytes key) {
        if (key.isEmpty()) {
            return Parsed.bad("The key is empty: name it after the last slash, for example /kv/mykey.");
        }
        return key.length() > Limits.MAX_KEY_BYTES
                ? Parsed.refused(Refusal.of(
                        Problem.KEY_TOO_LARGE,
                        "The key has " + key.length() + " bytes; the longest key has " + Limits.MAX_KEY_BYTES + "."))
                : Parsed.ok(key);
    }
}
