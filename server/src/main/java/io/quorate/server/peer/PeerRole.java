package io.quorate.server.peer;

import java.util.Optional;

/** What a process is in its cluster; the codes are part of the wire format. */
public enum PeerRole {
    WORKER(1),
    CONTROLLER(2);

    private final int code;

    PeerRole(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<PeerRole> ofCode(int code) {
        for (PeerRole role : values()) {
            if (role.code == code) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
