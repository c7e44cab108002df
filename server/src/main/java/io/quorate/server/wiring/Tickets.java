package io.quorate.server.wiring;

import java.util.UUID;

/**
 * Numbers a worker's requests. No two starts of a worker use the same numbers, so that an answer to a request of an
 * earlier process is never taken for one of this process.
 */
final class Tickets {
    private static final int BITS_OF_ONE_START = 40;
    private static final long START_MASK = (1L << (Long.SIZE - 1 - BITS_OF_ONE_START)) - 1;

    private long last;

    /** A worker counts its starts anew on another disk. */
    Tickets(UUID disk, long incarnation) {
        long start = (disk.getLeastSignificantBits() + incarnation) & START_MASK;
        this.last = start << BITS_OF_ONE_START;
    }

    /** A number that is not negative. */
    long next() {
        return ++last;
    }
}
