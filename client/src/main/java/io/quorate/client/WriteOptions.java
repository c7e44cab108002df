package io.quorate.client;

import io.quorate.api.WriteRequest;
import java.util.Optional;

/**
 * What a write is to come with beside its effect.
 *
 * <pre>{@code
 * WriteResult onAllDisks = client.write(new Command.Put(key, value), WriteOptions.usual().onAllReplicas());
 * WriteResult explained = client.write(new Command.Put(key, value), WriteOptions.usual().explained());
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param idempotencyKey a name of the caller's, 1 to 255 characters of printable ASCII; the client names the write if it
 *     is empty
 * @param acks how many replicas are to have it on disk before it is answered, from the write quorum to the number of
 *     replicas, {@link WriteRequest#ALL} for that number, {@link WriteRequest#AS_THE_CLUSTER} for the write quorum. A write
 *     that fewer replicas confirm in time is applied all the same: {@link WriteResult.Applied#copies} tells how many did
 * @param explain whether {@link WriteResult.Applied#explanation} is to tell how it went
 */
public record WriteOptions(Optional<String> idempotencyKey, int acks, boolean explain) {
    /** @throws IllegalArgumentException for less than no replicas */
    public WriteOptions {
        if (acks < 0) {
            throw new IllegalArgumentException("a write for " + acks + " replicas");
        }
    }

    /** As the cluster does it unless it is told otherwise. */
    public static WriteOptions usual() {
        return new WriteOptions(Optional.empty(), WriteRequest.AS_THE_CLUSTER, false);
    }

    /** The same, under that name. */
    public WriteOptions named(String name) {
        return new WriteOptions(Optional.of(name), acks, explain);
    }

    /** The same, answered once so many replicas have it on disk. */
    public WriteOptions onReplicas(int replicas) {
        return new WriteOptions(idempotencyKey, replicas, explain);
    }

    /** The same, answered once all replicas have it on disk. */
    public WriteOptions onAllReplicas() {
        return onReplicas(WriteRequest.ALL);
    }

    /** The same, and the answer tells how it went. */
    public WriteOptions explained() {
        return new WriteOptions(idempotencyKey, acks, true);
    }
}
