package io.quorate.core.replica;

/** What a replica applies when it starts again. Follows the action {@code Crash} of the protocol. */
public interface RecoveryRule {
    /**
     * The index up to which entries are applied at once. Those beyond may belong to nobody's history but this log's,
     * and wait for the leader of a term to say that they are committed.
     *
     * @param known the greatest commit index that an entry of the log carries
     * @param last the log's end
     */
    long committed(long known, long last);

    /** The rule of the product. */
    RecoveryRule STANDARD = Math::min;
}
