package io.quorate.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A process's HTTP address.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65,535
 */
record HttpAddress(String host, int port) {
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65_535;

    /** Reads {@code http://host:port}; empty when the text has another form. */
    static Optional<HttpAddress> parse(String text) {
        try {
            URI uri = new URI(text);
            String path = uri.getRawPath();
            boolean plain = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (path.isEmpty() || path.equals("/"));
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return plain && port >= 1 && port <= MAX_PORT
                    ? Optional.of(new HttpAddress(withoutBrackets(uri.getHost()), port))
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
