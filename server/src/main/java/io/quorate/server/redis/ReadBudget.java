package io.quorate.server.redis;

/** How much the values may have together that one command reads. Not thread-safe. */
final class ReadBudget {
    /** Of one command or transaction; beside it goes the value that exceeds it. */
    static final long MAX_BYTES = 16L << 20;

    private long left = MAX_BYTES;

    /** Takes so many bytes; false when there was nothing left before. */
    boolean take(long bytes) {
        boolean there = left > 0;
        left -= bytes;
        return there;
    }

    /** What was read is not needed any more. */
    void giveBack(long bytes) {
        left += bytes;
    }

    static Reply.Failure exceeded() {
        return Errors.failure("ERR the values have together more than " + MAX_BYTES + " bytes: read fewer at a time");
    }
}
