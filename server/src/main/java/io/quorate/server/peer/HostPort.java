package io.quorate.server.peer;

import java.util.Optional;

/**
 * A host name or address and a TCP port.
 *
 * @param host a name, an IPv4 address or an IPv6 address without brackets, not blank
 * @param port 0 to 65,535; 0 asks for any free port and only makes sense where something listens
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public HostPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("The host of an address is empty");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("Port " + port + " is not between 0 and " + MAX_PORT);
        }
    }

    /** Reads {@code host:port} or {@code [ipv6]:port}; empty when the text is neither. */
    public static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        return host.isBlank() || port > MAX_PORT ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
