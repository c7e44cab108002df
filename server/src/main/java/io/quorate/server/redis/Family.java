package io.quorate.server.redis;

import java.util.Locale;

/** What commands are about; they are measured by it. */
enum Family {
    CONNECTION,
    SERVER,
    STRING,
    NUMBER,
    KEY,
    EXPIRY,
    LISTING,
    TRANSACTION,
    /** What is not known or not supported. */
    OTHER;

    /** As it stands in the metrics and in COMMAND DOCS. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
