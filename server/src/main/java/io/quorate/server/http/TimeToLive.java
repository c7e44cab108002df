package io.quorate.server.http;

import io.quorate.api.Lifetime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How times to live are written: {@code 30s}, {@code 1500ms}, {@code 10m}, {@code 2h}, {@code 7d}, {@code none}. */
final class TimeToLive {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h|d|)");
    private static final String NONE = "none";

    private TimeToLive() {}

    /** The lifetime that the text says; a bare number is in seconds. */
    static Parsed<Lifetime> parse(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        if (bare.equals(NONE)) {
            return Parsed.ok(Lifetime.FOREVER);
        }
        Matcher parts = FORM.matcher(bare);
        if (!parts.matches()) {
            return malformed(text);
        }
        long unit = switch (parts.group(2)) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1_000;
        };
        long number = Long.parseLong(parts.group(1));
        if (number < 1 || number > Lifetime.MAX_MILLIS / unit) {
            return malformed(text);
        }
        return Parsed.ok(new Lifetime.For(number * unit));
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
