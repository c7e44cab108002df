package io.quorate.server.redis;

/**
 * What the Redis front end is told by its surroundings.
 *
 * @param host the address that it binds to
 * @param port the port that it binds to; 0 takes a free one
 * @param requestTimeoutMillis how long one request to the cluster may take; a command may need several
 * @param maxValueBytes the longest value
 * @param strictMultikey whether a command over keys of several partitions is refused
 */
public record RedisSettings(
        String host, int port, long requestTimeoutMillis, int maxValueBytes, boolean strictMultikey) {}
