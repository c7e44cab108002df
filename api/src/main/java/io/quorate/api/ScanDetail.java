package io.quorate.api;

/** How much a scan tells of each key. */
public enum ScanDetail {
    /** Nothing but how many there are. */
    COUNT,
    /** The key and its record without the value's bytes. */
    KEYS,
    /** The key and its whole record. */
    VALUES
}
