package io.quorate.server.peer;

import java.util.Optional;

/** What a frame carries; the codes are part of the wire format. */
enum FrameKind {
    /** The dialler's greeting. */
    HELLO(1),
    /** The acceptor's answer when they will talk. */
    WELCOME(2),
    /** The acceptor's answer when they will not. */
    REFUSAL(3),
    /** A sign of life, without a payload. */
    PING(4),
    /** A message from the one who dialled. */
    REQUEST(5),
    /** A message from the one who accepted. */
    REPLY(6);

    private final int code;

    FrameKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<FrameKind> ofCode(int code) {
        for (FrameKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
