package io.quorate.client;

import java.net.URI;
import java.util.Optional;

/** An address without a path, a query or a slash at its end. */
record Address(URI uri) {
    private static final int MAX_CHARS = 1_024;

    /** The address that the text is, or empty when it is none that HTTP can be spoken to. */
    static Optional<Address> parse(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            return isUsable(uri) ? Optional.of(new Address(uri)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(URI uri) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        return http
                && uri.getHost() != null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
