package io.quorate.client;

import io.quorate.api.Bytes;

/** An answer that goes on, line by line; used by one thread, {@link #close} by any. */
interface LineStream extends AutoCloseable {
    /** What comes next. */
    sealed interface Line {
        /** A line without its end. */
        record Whole(Bytes bytes) implements Line {}

        /** A line that has more bytes than are taken; nothing can be read after it. */
        record TooLong(int limitBytes) implements Line {}

        /** There is no further whole line. */
        record Ended(String detail) implements Line {}
    }

    /**
     * The next line.
     *
     * @param silenceMillis without a byte for so long the stream has ended
     */
    Line next(long silenceMillis) throws InterruptedException;

    /** Gives the connection up; whoever waits for a line is told that there is none. */
    @Override
    void close();
}
