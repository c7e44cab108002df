package io.quorate.server.log;

import java.io.IOException;

/** A part of a segment cannot be read. */
final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    private final String segment;
    private final long offsetBytes;

    UnreadableException(String segment, long offsetBytes, IOException cause) {
        super("cannot be read: " + cause.getMessage(), cause);
        this.segment = segment;
        this.offsetBytes = offsetBytes;
    }

    String segment() {
        return segment;
    }

    long offsetBytes() {
        return offsetBytes;
    }
}
