package io.quorate.server.http;

import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;

/** Times to live in requests and answers, in the form of {@link LifetimeText}. */
final class TimeToLive {
    private TimeToLive() {}

    /** The lifetime that the text says; a bare number is in seconds. */
    static Parsed<Lifetime> parse(String text) {
        return LifetimeText.parse(text).map(Parsed::ok).orElseGet(() -> malformed(text));
    }

    private static Parsed<Lifetime> malformed(String text) {
        return Parsed.bad(
                "A time to live (ttl, Quorate-TTL) is a whole number with ms, s, m, h or d, from 1ms to 36525d, or none; not '"
                        + Refusal.shown(text) + "'. A bare number is in seconds.");
    }

    /** What is left, as {@link #parse} reads it; at least {@code 1ms}, as what is answered has not expired. */
    static String left(long expiresMillis, long nowMillis) {
        return Math.max(1, expiresMillis - nowMillis) + "ms";
    }
}
