package io.quorate.client;

/** Asks one process for an answer that goes on; thread-safe. */
interface StreamTransport {
    /** What came of it. */
    sealed interface Opening {
        /** It goes on, until the lines are closed. */
        record Lines(LineStream lines) implements Opening {}

        /** It does not. */
        record Not(Reply reply) implements Opening {}
    }

    /**
     * Sends a request and waits for the head of the answer.
     *
     * @param limitMillis how long that may take, at least 1
     * @param maxBodyBytes the longest body of an answer with another status than 200
     * @param maxLineBytes the longest line
     */
    Opening open(Address address, WireRequest request, long limitMillis, int maxBodyBytes, int maxLineBytes)
            throws InterruptedException;
}
