package io.quorate.core.replica;

/** Where a client's request came from, and so where its answer goes. */
sealed interface Origin {
    /** Taken by this worker. */
    record Local(long ticket) implements Origin {}

    /** Forwarded by another worker. */
    record Remote(String worker, long ticket) implements Origin {}
}
