package io.quorate.server.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the headers Content-Type and Accept say. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String OCTET_STREAM = "application/octet-stream";
    private static final String FORM = "application/x-www-form-urlencoded";

    private MediaTypes() {}

    /** Whether the type is JSON, whatever its parameters. */
    static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && (contentType.equals(JSON) || essence(contentType).equals(JSON));
    }

    /** Whether a type names an encoding of text other than UTF-8. */
    static boolean hasForeignCharset(String contentType) {
        String lower = contentType.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
        int at = lower.indexOf(";charset=");
        return at >= 0
                && !lower.startsWith(";charset=utf-8", at)
                && !lower.startsWith(";charset=utf8", at)
                && !lower.startsWith(";charset=us-ascii", at);
    }

    /** The type that is stored with bytes: the one given, but not that which curl sends unasked. */
    static String stored(@Nullable String contentType) {
        return contentType == null
                        || contentType.isBlank()
                        || essence(contentType).equals(FORM)
                ? OCTET_STREAM
                : contentType.strip();
    }

    /** Which form of a value a client wants. */
    enum Wanted {
        /** As it was stored. */
        STORED,
        /** In a JSON object. */
        JSON,
        /** The bytes. */
        BYTES
    }

    /** What an Accept header asks for: of JSON and bytes the one that it names with the greater weight. */
    static Wanted wanted(@Nullable String accept) {
        if (accept == null || accept.equals("*/*")) {
            return Wanted.STORED;
        }
        double json = 0;
        double bytes = 0;
        for (String range : accept.split(",", -1)) {
            switch (essence(range)) {
                case JSON -> json = Math.max(json, weight(range));
                case OCTET_STREAM -> bytes = Math.max(bytes, weight(range));
                default -> {}
            }
        }
        if (json == 0 && bytes == 0) {
            return Wanted.STORED;
        }
        return json >= bytes ? Wanted.JSON : Wanted.BYTES;
    }

    private static double weight(String range) {
        String lower = range.toLowerCase(Locale.ROOT).replace(" ", "");
        int at = lower.indexOf(";q=");
        if (at < 0) {
            return 1;
        }
        String q = lower.substring(at + 3).split(";", 2)[0];
        return q.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(q) : 1;
    }

    private static String essence(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
