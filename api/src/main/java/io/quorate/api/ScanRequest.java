package io.quorate.api;

/**
 * Asks for some of a partition's keys, ascending, each with what is known of it at one moment.
 *
 * @param partition from 0
 * @param prefix keys begin with it; may be empty, and at most as long as a key
 * @param from keys are not less than it; may be empty, and one byte longer than a key
 * @param limit at most so many, 1 to {@link #MAX_LIMIT}
 * @param maxBytes of keys and values, about: the last one may exceed it; 1 to {@link #MAX_BYTES}
 */
public record ScanRequest(int partition, Bytes prefix, Bytes from, int limit, int maxBytes, ScanDetail detail) {
    /** The most keys of one page. */
    public static final int MAX_LIMIT = 10_000;

    /** The most bytes of one page, but for its last key. */
    public static final int MAX_BYTES = 1 << 20;

    public ScanRequest {
        if (limit < 1 || limit > MAX_LIMIT || maxBytes < 1 || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("a scan of " + limit + " keys and " + maxBytes + " bytes");
        }
        if (prefix.length() > Limits.MAX_KEY_BYTES || from.length() > Limits.MAX_KEY_BYTES + 1) {
            throw new IllegalArgumentException("a scan longer than any key");
        }
    }

    /** The least key that can be in the answer, if it is one. */
    public Bytes start() {
        return from.compareTo(prefix) > 0 ? from : prefix;
    }
}
