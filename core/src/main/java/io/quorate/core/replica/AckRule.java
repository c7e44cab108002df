package io.quorate.core.replica;

/** Up to which index a follower acknowledges, and where that counts. Action {@code Acknowledge} of the protocol. */
public interface AckRule {
    /**
     * The last index that Appends of this term confirmed or wrote and that is on disk.
     *
     * @param confirmed by Appends of this term
     * @param durable on this disk
     * @param last the log's end
     */
    long acknowledged(long confirmed, long durable, long last);

    /** Whether an acknowledgement, given in one term, counts for a leader of another. */
    default boolean counts(long acknowledgedIn, long term) {
        return acknowledgedIn == term;
    }

    /** The rule of the product. */
    AckRule STANDARD = (confirmed, durable, last) -> Math.min(confirmed, durable);
}
