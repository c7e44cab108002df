package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a watch tells.
 *
 * <pre>{@code
 * switch (event) {
 *     case WatchEvent.Put put -> cache.put(put.key(), put.value().orElseThrow());
 *     case WatchEvent.Deleted gone -> cache.remove(gone.key());
 *     case WatchEvent.Expired gone -> cache.remove(gone.key());
 *     case WatchEvent.Progress alive -> remember(alive.position());
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface WatchEvent {
    /** Where a watch goes on that has this event and all before it behind it; text without a meaning for clients. */
    String position();

    /** A committed change of one key. */
    sealed interface Change extends WatchEvent {
        /** The key. */
        Bytes key();

        /** The entry of the log that changed it. */
        Revision revision();

        /** The time of that entry, milliseconds since 1970. */
        long timeMillis();

        /** The partition of the key; changes of the same partition come in the order of its log. */
        int partition();
    }

    /**
     * The key has a new version.
     *
     * @param value empty when the watch is without values
     * @param expiresMillis when it expires, milliseconds since 1970; empty when it does not
     */
    record Put(
            Bytes key,
            Optional<Value> value,
            Revision revision,
            OptionalLong expiresMillis,
            long timeMillis,
            int partition,
            String position)
            implements Change {}

    /** A client deleted the key, which may not have been there. */
    record Deleted(Bytes key, Revision revision, long timeMillis, int partition, String position) implements Change {}

    /** The key's time to live was over, and it was removed. */
    record Expired(Bytes key, Revision revision, long timeMillis, int partition, String position) implements Change {}

    /**
     * Nothing changed, and all is well: the first event of a watch, from which on no change is missed, and then one every
     * few seconds without a change.
     */
    record Progress(String position) implements WatchEvent {}
}
