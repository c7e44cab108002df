package io.quorate.server.http;

/** Hears of every answer; called on the event loop, so it must not block. */
@FunctionalInterface
public interface RequestMeter {
    /** Hears nothing. */
    RequestMeter NONE = (route, method, status, nanos) -> {};

    /**
     * A request was answered.
     *
     * @param route the endpoint, for example {@code /kv}; never a key
     * @param method the HTTP method, or {@code other}
     * @param status the HTTP status
     * @param nanos from the request's headers to the answer
     */
    void answered(String route, String method, int status, long nanos);
}
