package io.quorate.api;

/**
 * Asks for the changes of a partition's keys after a place in its log, in the order of the log.
 *
 * @param partition from 0
 * @param prefix of the keys wanted; may be empty, and at most as long as a key
 * @param afterIndex the last entry that was seen whole; {@link #NOW} for wherever the partition is
 * @param afterItems how many changes of the next entry were seen too
 * @param maxBytes of keys and values, about: the last entry may exceed it; 1 to {@link #MAX_BYTES}
 * @param waitMillis how long to wait for a change when there is none; 0 to {@link #MAX_WAIT_MILLIS}
 */
public record WatchRequest(int partition, Bytes prefix, long afterIndex, int afterItems, int maxBytes, int waitMillis) {
    /** From the last entry that is applied when the request is taken. */
    public static final long NOW = -1;

    /** The most bytes of one answer, but for its last entry. */
    public static final int MAX_BYTES = 1 << 20;

    /** The longest wait, milliseconds. */
    public static final int MAX_WAIT_MILLIS = 60_000;

    public WatchRequest {
        boolean beginsRight = afterIndex >= NOW && afterItems >= 0 && (afterIndex != NOW || afterItems == 0);
        boolean isBounded = maxBytes >= 1 && maxBytes <= MAX_BYTES && waitMillis >= 0 && waitMillis <= MAX_WAIT_MILLIS;
        if (!beginsRight || !isBounded || prefix.length() > Limits.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a watch from %d+%d of %d bytes for %d ms".formatted(afterIndex, afterItems, maxBytes, waitMillis));
        }
    }
}
