package io.quorate.api;

import java.util.Optional;

/**
 * Asks for the changes of a partition's keys after a place in its log, in the order of the log.
 *
 * @param partition from 0
 * @param prefix of the keys wanted; may be empty, and at most as long as a key
 * @param after the last entry that was seen; empty for wherever the partition is
 * @param items how many changes of that entry were seen, if not all were; else 0
 * @param maxBytes of what is answered, about: the last entry may exceed it; 1 to {@link #MAX_BYTES}
 * @param waitMillis how long to wait for a change when there is none; 0 to {@link #MAX_WAIT_MILLIS}
 */
public record WatchRequest(
        int partition, Bytes prefix, Optional<Revision> after, int items, int maxBytes, int waitMillis) {
    /** The most bytes of one answer, but for its last entry. */
    public static final int MAX_BYTES = 1 << 20;

    /** The longest wait, milliseconds. */
    public static final int MAX_WAIT_MILLIS = 60_000;

    public WatchRequest {
        boolean beginsRight = items >= 0
                && (items == 0 || after.filter(entry -> entry.index() > 0).isPresent());
        boolean isBounded = maxBytes >= 1 && maxBytes <= MAX_BYTES && waitMillis >= 0 && waitMillis <= MAX_WAIT_MILLIS;
        if (!beginsRight || !isBounded || prefix.length() > Limits.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a watch from %s+%d of %d bytes for %d ms".formatted(after, items, maxBytes, waitMillis));
        }
    }
}
