package io.quorate.server.redis;

/**
 * What all clients together, and each of them, can hold.
 *
 * @param connections open at once; further ones are told so and closed
 * @param frameBytes of one command, all its arguments together; a longer one ends its connection
 * @param receivingBytes of the commands that are being received by all connections; what exceeds it ends its connection
 * @param waitingCommands of one connection that are not answered; its socket is paused meanwhile
 * @param waitingBytes of the arguments of these
 * @param runningCommands of one connection that are under way at the same time, in different partitions
 * @param replyBytes of one connection that its client has not taken; nothing more is begun meanwhile
 * @param stalledMillis how long a client may leave a command unfinished or an answer untaken
 */
record RedisLimits(
        int connections,
        int frameBytes,
        long receivingBytes,
        int waitingCommands,
        long waitingBytes,
        int runningCommands,
        long replyBytes,
        long stalledMillis) {
    /** The most arguments of a command, its name among them. */
    static final int MAX_ARGUMENTS = 65_536;

    /** The longest inline command, and the longest line before an argument. */
    static final int MAX_LINE_BYTES = 64 << 10;

    /** The most commands between MULTI and EXEC, and the bytes of their arguments. */
    static final int MAX_QUEUED = 1_024;

    static final int MAX_QUEUED_BYTES = 4 << 20;

    /** The most keys that a connection watches. */
    static final int MAX_WATCHED = 64;

    /** What a worker uses. */
    static final RedisLimits STANDARD =
            new RedisLimits(10_000, 8 << 20, 64L << 20, 1_024, 8L << 20, 32, 1L << 20, 60_000);
}
