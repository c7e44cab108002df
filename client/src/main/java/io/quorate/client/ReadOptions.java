package io.quorate.client;

import io.quorate.api.Consistency;
import io.quorate.api.ReadRequest;
import io.quorate.api.Revision;
import java.time.Duration;
import java.util.Optional;

/**
 * What a read is to see at least. The less it is, the nearer the replica may be that answers; no answer promises less than
 * what was asked for.
 *
 * <pre>{@code
 * ReadResult recent = client.get(key, ReadOptions.bounded(Duration.ofSeconds(2)));
 * ReadResult mine = client.get(key, ReadOptions.local().atLeast(written.revision()));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param consistency what is promised
 * @param maxStaleness how long ago at most what the answer lacks was acknowledged, 1 ms to 1 h, of which milliseconds
 *     count; only of {@link Consistency#BOUNDED}, and 500 ms of that when it is empty
 * @param minRevision what the answer takes into account at least: a revision that an earlier answer gave, of this key or
 *     of another of the same partition; one that the partition does not have is {@code bad-request}
 */
public record ReadOptions(Consistency consistency, Optional<Duration> maxStaleness, Optional<Revision> minRevision) {
    /** The greatest staleness that can be asked for. */
    public static final Duration MAX_STALENESS = Duration.ofMillis(ReadRequest.MAX_STALENESS_MILLIS);

    private static final Duration MIN_STALENESS = Duration.ofMillis(1);

    /** @throws IllegalArgumentException for a staleness that is out of range or not of a bounded read */
    public ReadOptions {
        if (maxStaleness.isPresent() && consistency != Consistency.BOUNDED) {
            throw new IllegalArgumentException("a greatest staleness has a meaning only with consistency BOUNDED");
        }
        boolean fits = maxStaleness
                .filter(time -> time.compareTo(MIN_STALENESS) < 0 || time.compareTo(MAX_STALENESS) > 0)
                .isEmpty();
        if (!fits) {
            throw new IllegalArgumentException(
                    "a greatest staleness is from 1 ms to 1 h, not " + maxStaleness.orElseThrow());
        }
    }

    /** With this promise, and nothing further. */
    public static ReadOptions of(Consistency consistency) {
        return new ReadOptions(consistency, Optional.empty(), Optional.empty());
    }

    /** It sees every write that was acknowledged before it began. */
    public static ReadOptions linearizable() {
        return of(Consistency.LINEARIZABLE);
    }

    /**
     * It sees every write that was acknowledged longer than that before it began.
     *
     * @param maxStaleness 1 ms to 1 h
     * @throws IllegalArgumentException for another time
     */
    public static ReadOptions bounded(Duration maxStaleness) {
        return new ReadOptions(Consistency.BOUNDED, Optional.of(maxStaleness), Optional.empty());
    }

    /** It sees a replica as it is, however old. */
    public static ReadOptions local() {
        return of(Consistency.LOCAL);
    }

    /** The same, and it sees this revision: what was written or read before. */
    public ReadOptions atLeast(Revision revision) {
        return new ReadOptions(consistency, maxStaleness, Optional.of(revision));
    }
}
