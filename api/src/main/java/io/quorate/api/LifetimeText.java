package io.quorate.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How lifetimes are written: {@code 30s}, {@code 1500ms}, {@code 10m}, {@code 2h}, {@code 7d}, {@code none}. */
public final class LifetimeText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h|d|)");
    private static final String NONE = "none";

    private LifetimeText() {}

    /**
     * The lifetime that the text says: a whole number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}, or
     * {@code none}; a bare number is in seconds.
     *
     * @return empty when it has another form, or is not from 1 ms to {@link Lifetime#MAX_MILLIS}
     */
    public static Optional<Lifetime> parse(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        if (bare.equals(NONE)) {
            return Optional.of(Lifetime.FOREVER);
        }
        Matcher parts = FORM.matcher(bare);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long unitMillis = unitMillis(parts.group(2));
        long number = Long.parseLong(parts.group(1));
        return number >= 1 && number <= Lifetime.MAX_MILLIS / unitMillis
                ? Optional.of(new Lifetime.For(number * unitMillis))
                : Optional.empty();
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1_000;
        };
    }
}
