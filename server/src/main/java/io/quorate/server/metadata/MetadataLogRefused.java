package io.quorate.server.metadata;

/** The metadata log cannot be opened; the message is one line that says why and what to do. */
public final class MetadataLogRefused extends Exception {
    private static final long serialVersionUID = 1L;

    MetadataLogRefused(String message) {
        super(message);
    }

    MetadataLogRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
