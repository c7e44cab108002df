package io.quorate.core.replica;

/** What a session forgets, and when it ends. */
public interface SessionRule {
    /**
     * The least number of a write that is not forgotten: what is below it is never done again.
     *
     * @param kept what the session's state says
     * @param said what the client says with a write, which may be older
     */
    long lowest(long kept, long said);

    /** Whether a session that ends at that log time has ended by then: its writes are refused, also the first of them. */
    default boolean hasEnded(long endsMillis, long logTimeMillis) {
        return endsMillis <= logTimeMillis;
    }

    /** The rule of the product. */
    SessionRule STANDARD = Math::max;
}
