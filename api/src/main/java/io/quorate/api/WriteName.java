package io.quorate.api;

/** What names a write, so that a repetition of it gets the outcome of the first and does nothing more. */
public sealed interface WriteName permits IdempotencyKey, SessionSequence {
    /** Of the whole write: the same name with another one is a mistake of the client. */
    long fingerprint();
}
