package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.Optional;

/**
 * One call on its way from attempt to attempt: what is known of it, and when that is enough.
 *
 * <p>It neither sends nor waits. Used by one thread.
 */
interface Course<T> extends Call<T> {
    /** What the next attempt sends. */
    WireRequest request();

    /** Takes in what came of an attempt; the result, if there need be no other attempt. */
    Optional<T> after(Reply reply);

    /** The result when there will be no other attempt. */
    T ended();

    @Override
    default T run(Ways ways, Bytes key, Deadline deadline) {
        return ways.attempts().run(key, this, deadline);
    }

    /**
     * The longest body of an answer that is taken.
     *
     * @param ofOneValue the longest of an answer to a read or a write of one key
     */
    default int maxBodyBytes(int ofOneValue) {
        return ofOneValue;
    }

    /** Whether one attempt may take all the time that is left for the call. */
    default boolean isLong() {
        return false;
    }

    /** Whether any replica answers it as well as the leader does. */
    default boolean isForAnyReplica() {
        return false;
    }
}
