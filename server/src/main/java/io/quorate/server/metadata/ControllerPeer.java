package io.quorate.server.metadata;

import java.util.regex.Pattern;

/**
 * A member of the group of controllers.
 *
 * @param id 1 to 64 letters, digits, dots, underscores or hyphens; unique in the group
 * @param host the name or address under which the other controllers reach it
 * @param port its port for the other controllers, 1 to 65535
 */
public record ControllerPeer(String id, String host, int port) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public ControllerPeer {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A controller's id has 1 to 64 letters, digits, '.', '_' or '-': " + id);
        }
        if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "Controller " + id + " needs a host name or address, not '" + host + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Controller " + id + " needs a port from 1 to 65535, not " + port);
        }
    }

    /** Host and port as one address, an IPv6 address in brackets. */
    String address() {
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bareIpv6 ? "[" + host + "]" : host) + ":" + port;
    }
}
