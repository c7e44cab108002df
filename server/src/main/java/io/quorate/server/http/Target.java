package io.quorate.server.http;

import java.util.Locale;

/**
 * A request target taken apart, still encoded.
 *
 * @param path from its first slash on
 * @param query after the first question mark; empty when there is none
 * @param authority of a target in absolute form; empty otherwise
 */
record Target(String path, String query, String authority) {
    /** Takes a target apart; one that is no path has none. */
    static Target of(String raw) {
        if (raw.startsWith("/")) {
            return split(raw, "");
        }
        String lower = raw.regionMatches(true, 0, "http", 0, 4) ? raw.toLowerCase(Locale.ROOT) : raw;
        int scheme = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (scheme < 0) {
            return new Target("", "", "");
        }
        int end = scheme;
        while (end < raw.length() && "/?".indexOf(raw.charAt(end)) < 0) {
            end++;
        }
        String rest = raw.substring(end);
        return split(rest.startsWith("/") ? rest : "/" + rest, raw.substring(scheme, end));
    }

    private static Target split(String raw, String authority) {
        int mark = raw.indexOf('?');
        return mark < 0
                ? new Target(raw, "", authority)
                : new Target(raw.substring(0, mark), raw.substring(mark + 1), authority);
    }
}
