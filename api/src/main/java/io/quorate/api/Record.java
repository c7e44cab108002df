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

    /** Whether it no longer exists at the given log time. */
    public boolean expiredAt(long logTimeMillis) {
        return logTimeMillis >= expiresMillis;
    }
}
