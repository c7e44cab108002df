package io.quorate.core.replica;

/** What of its log a follower gives up for its leader's. Action {@code Accept} of the protocol. */
public interface TruncationRule {
    /**
     * Whether the entry here is another one than the leader's at the same index: it and all after it are cut. An equal
     * entry cuts nothing, because what follows it may have been acknowledged already.
     *
     * @param held term of the entry in this log
     * @param sent term of the leader's entry
     */
    boolean conflicts(long held, long sent);

    /** The rule of the product. */
    TruncationRule STANDARD = (held, sent) -> held != sent;
}
