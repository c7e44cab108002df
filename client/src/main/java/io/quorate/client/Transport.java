package io.quorate.client;

/** Sends one request to one process and waits for what comes of it; thread-safe. */
interface Transport extends AutoCloseable {
    /**
     * Sends a request.
     *
     * @param limitMillis how long the whole exchange may take, at least 1
     * @param maxBodyBytes the longest body of an answer that is taken
     * @return {@link Reply.NotSent} only when the request surely reached nobody
     * @throws InterruptedException when the thread is interrupted; the request may have been received then
     */
    Reply send(Address address, WireRequest request, long limitMillis, int maxBodyBytes) throws InterruptedException;

    /** Gives all connections up; what is under way is {@link Reply.Lost}. */
    @Override
    void close();
}
