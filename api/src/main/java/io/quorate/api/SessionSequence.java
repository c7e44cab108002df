package io.quorate.api;

/**
 * Names a write by its number in a session.
 *
 * @param sequence its number, from 1; no other write of the session has it
 * @param lowest the least number of a write to which the client has no answer yet, 1 to {@code sequence}; what became of
 *     those below it is forgotten, and they are never done again
 * @param fingerprint of the whole write
 */
public record SessionSequence(Session session, long sequence, long lowest, long fingerprint) implements WriteName {
    /** How many numbers there are from {@code lowest} to {@code sequence} at most: what is kept is written each time. */
    public static final int MAX_OPEN = 256;

    public SessionSequence {
        if (!isValid(sequence, lowest)) {
            throw new IllegalArgumentException(
                    "a write of number " + sequence + " while " + lowest + " is the lowest that is not answered");
        }
    }

    /** Whether a client may send these. */
    public static boolean isValid(long sequence, long lowest) {
        return lowest >= 1 && lowest <= sequence && sequence - lowest < MAX_OPEN;
    }

    /** A write of this content. */
    public static SessionSequence of(Session session, long sequence, long lowest, Bytes content) {
        return new SessionSequence(session, sequence, lowest, Sha256.fingerprint(content));
    }
}
