package io.quorate.api;

/**
 * One version of a key as every replica keeps it.
 *
 * @param value the content
 * @param revision the log entry that wrote it
 * @param modifiedMillis log time of the write, milliseconds since 1970; for a record of another cluster or an import,
 *     the time of the write there, if it is known
 * @param expiresMillis log time from which it no longer exists; {@link #NEVER} when it does not expire
 * @param origin the cluster or import that the value first came from; empty for this cluster
 */
public record Record(Value value, Revision revision, long modifiedMillis, long expiresMillis, String origin) {
    /** The expiry of a record that does not expire. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int MAX_CHARACTER_BYTES = 3;

    /** The most bytes that its value, the value's type and its origin take in an answer. */
    public long bytes() {
        return (long) value.bytes().length()
                + value.contentType().length()
                + (long) MAX_CHARACTER_BYTES * origin.length();
    }

    /** Whether it no longer exists at the given log time. */
    public boolean expiredAt(long logTimeMillis) {
        return logTimeMillis >= expiresMillis;
    }
}
