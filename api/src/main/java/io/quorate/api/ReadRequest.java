package io.quorate.api;

/**
 * A read as a client asks for it.
 *
 * <p>A worker whose own replica does not reach far enough for the read asks the leader: no answer promises less than what
 * is asked for.
 *
 * @param key that is read
 * @param consistency what is promised
 * @param maxStalenessMillis how long ago what it may have missed was acknowledged, 1 to {@link #MAX_STALENESS_MILLIS};
 *     only of {@link Consistency#BOUNDED}, 0 of others
 * @param minRevision what the answer takes into account at least, of any key of the same partition; {@link Revision#NONE}
 *     for nothing
 */
public record ReadRequest(Bytes key, Consistency consistency, long maxStalenessMillis, Revision minRevision) {
    /** The greatest staleness that can be asked for: an hour. */
    public static final long MAX_STALENESS_MILLIS = 3_600_000;

    /** The staleness of a bounded read that does not say. */
    public static final long DEFAULT_STALENESS_MILLIS = 500;

    public ReadRequest {
        boolean fits = consistency == Consistency.BOUNDED
                ? maxStalenessMillis >= 1 && maxStalenessMillis <= MAX_STALENESS_MILLIS
                : maxStalenessMillis == 0;
        if (!fits) {
            throw new IllegalArgumentException(
                    "a staleness of %d ms for %s".formatted(maxStalenessMillis, consistency));
        }
    }

    /** A read that sees everything that was acknowledged before. */
    public static ReadRequest linearizable(Bytes key) {
        return new ReadRequest(key, Consistency.LINEARIZABLE, 0, Revision.NONE);
    }

    /** A read of whatever the worker's replica has. */
    public static ReadRequest local(Bytes key) {
        return new ReadRequest(key, Consistency.LOCAL, 0, Revision.NONE);
    }

    /** A read that sees what was acknowledged so long before. */
    public static ReadRequest bounded(Bytes key, long maxStalenessMillis) {
        return new ReadRequest(key, Consistency.BOUNDED, maxStalenessMillis, Revision.NONE);
    }

    /** The same, but it sees that revision. */
    public ReadRequest atLeast(Revision revision) {
        return new ReadRequest(key, consistency, maxStalenessMillis, revision);
    }
}
