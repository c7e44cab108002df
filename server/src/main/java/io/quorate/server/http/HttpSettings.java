package io.quorate.server.http;

import io.quorate.api.Limits;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an HTTP front end is told by its surroundings.
 *
 * @param host the address that it binds to, for example {@code 127.0.0.1}
 * @param port the port that it binds to; 0 takes a free one
 * @param allowedHosts the names, without port, under which clients may address it beside loopback names and IP
 *     addresses
 * @param requestTimeoutMillis how long a read or a write may take
 * @param maxValueBytes the longest value that is accepted
 * @param limits the bounds on what clients can hold
 */
public record HttpSettings(
        String host, int port, Set<String> allowedHosts, long requestTimeoutMillis, int maxValueBytes, Limit limits) {
    /** The seed's REQUEST_TIMEOUT. */
    public static final long DEFAULT_REQUEST_TIMEOUT_MILLIS = 2_000;

    public HttpSettings {
        allowedHosts = allowedHosts.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The defaults, for an address. */
    public static HttpSettings of(String host, int port) {
        return new HttpSettings(
                host, port, Set.of(), DEFAULT_REQUEST_TIMEOUT_MILLIS, Limits.MAX_VALUE_BYTES, Limit.DEFAULT);
    }

    /** The same with these names. */
    public HttpSettings withAllowedHosts(Set<String> names) {
        return new HttpSettings(host, port, names, requestTimeoutMillis, maxValueBytes, limits);
    }

    /** The same with this time-out. */
    public HttpSettings withRequestTimeoutMillis(long millis) {
        return new HttpSettings(host, port, allowedHosts, millis, maxValueBytes, limits);
    }

    /** The same with this longest value. */
    public HttpSettings withMaxValueBytes(int bytes) {
        return new HttpSettings(host, port, allowedHosts, requestTimeoutMillis, bytes, limits);
    }

    /** The same with these limits. */
    public HttpSettings withLimits(Limit other) {
        return new HttpSettings(host, port, allowedHosts, requestTimeoutMillis, maxValueBytes, other);
    }

    /** The longest JSON body that can hold the longest value: each of its bytes may be written as an escape. */
    int maxJsonBodyBytes() {
        return (int)
                Math.min(Integer.MAX_VALUE, (long) maxValueBytes * Limit.JSON_ESCAPE_BYTES + Limit.JSON_FRAME_BYTES);
    }

    /**
     * What all clients together, and each of them, can hold.
     *
     * @param maxConnections open at once; further ones are closed at once
     * @param maxBufferedBytes of bodies that are being received at once; further ones are answered with 503
     * @param idleMillis how long a connection may be without a request, one that has not arrived whole included
     * @param bodyMillis how long a body may take to arrive
     * @param writeMillis how long a client may take to accept an answer
     */
    public record Limit(int maxConnections, long maxBufferedBytes, long idleMillis, long bodyMillis, long writeMillis) {
        /** What a process uses unless told otherwise. */
        public static final Limit DEFAULT = new Limit(10_000, 64L << 20, 75_000, 30_000, 60_000);

        /** The longest request line: a key of the greatest length, percent-encoded, and parameters. */
        static final int MAX_REQUEST_LINE_BYTES = 3 * Limits.MAX_KEY_BYTES + 8_192;

        /** The most bytes of all headers of a request. */
        static final int MAX_HEADER_BYTES = 16_384;

        private static final int JSON_ESCAPE_BYTES = 6;
        private static final int JSON_FRAME_BYTES = 1_024;
    }
}
