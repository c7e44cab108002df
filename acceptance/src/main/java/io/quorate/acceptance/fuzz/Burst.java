package io.quorate.acceptance.fuzz;

/**
 * What one connection sends.
 *
 * @param number decides, with the seed of the run, all that is in it
 * @param target which process it goes to, from 0
 * @param requests how many are in it
 * @param bytes of all of them
 * @param ending how the connection ends
 */
@SuppressWarnings("ArrayRecordComponent")
record Burst(long number, RequestKind kind, int target, int requests, byte[] bytes, Ending ending) {
    /** How a connection ends. */
    enum Ending {
        /** The last request asks the server to close, after all answers. */
        ASKED,
        /** Nobody knows where a request ends for the server: the sender closes after a short silence. */
        SILENCE,
        /** The sender resets the connection without waiting for an answer. */
        RESET
    }
}
