package io.quorate.core.watch;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Which partitions a watch is of.
 *
 * @param cluster whose
 * @param partitions how many the cluster has
 * @param first the first one watched
 * @param count how many are watched
 */
public record WatchScope(UUID cluster, int partitions, int first, int count) {
    public WatchScope {
        if (first < 0 || count < 1 || first + count > partitions) {
            throw new IllegalArgumentException(
                    "partitions %d to %d of %d".formatted(first, first + count - 1, partitions));
        }
    }

    /** All partitions that may have a key with the prefix. */
    public static WatchScope of(UUID cluster, int partitions, Bytes prefix) {
        OptionalInt only = new Partitioning(partitions).ofAll(prefix);
        return only.isPresent()
                ? new WatchScope(cluster, partitions, only.getAsInt(), 1)
                : new WatchScope(cluster, partitions, 0, partitions);
    }
}
