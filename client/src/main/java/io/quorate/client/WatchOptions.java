package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.Optional;

/**
 * What is watched, and from where.
 *
 * <pre>{@code
 * WatchOptions orders = WatchOptions.of(Bytes.utf8("order/")).from(lastPosition);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param prefix of the keys; empty for all of them
 * @param from the position of an earlier event of a watch with this prefix; empty to begin now
 * @param values whether puts come with their values
 */
public record WatchOptions(Bytes prefix, Optional<String> from, boolean values) {
    /** The keys that begin with the prefix, from now on, with their values. */
    public static WatchOptions of(Bytes prefix) {
        return new WatchOptions(prefix, Optional.empty(), true);
    }

    /** The same, from the position of an earlier event on. */
    public WatchOptions from(String position) {
        return new WatchOptions(prefix, Optional.of(position), values);
    }

    /** The same, without the values of puts. */
    public WatchOptions withoutValues() {
        return new WatchOptions(prefix, from, false);
    }
}
