package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.Optional;

/**
 * One read or write on its way from attempt to attempt: what is known of it, and when that is enough.
 *
 * <p>It neither sends nor waits. Used by one thread.
 */
interface Course<T> extends Call<T> {
    /** What every attempt sends. */
    WireRequest request();

    /** Takes in what came of an attempt; the result, if there need be no other attempt. */
    Optional<T> after(Reply reply);

    /** The result when there will be no other attempt. */
    T ended();

    @Override
    default T run(Ways ways, Bytes key, Deadline deadline) {
        return ways.attempts().run(key, this, deadline);
    }
}
