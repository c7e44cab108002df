package io.quorate.api;

/** What a client asks to change; the leader evaluates it and logs only its effects. */
public sealed interface Command {
    /** The key it is about. */
    Bytes key();

    /** Store the value, whatever was there. */
    record Put(Bytes key, Value value) implements Command {}

    /** Remove the key, if it is there. */
    record Delete(Bytes key) implements Command {}

    /**
     * Store a record that another cluster or an import already has, if it is newer than what is here.
     *
     * @param originTimeMillis when it was written there; {@link #ONLY_IF_ABSENT} to write only where there is nothing
     * @param origin where it was written; decides between equal times
     */
    record Replicate(Bytes key, Value value, long originTimeMillis, String origin) implements Command {
        /** The time of a record of which the time is not known. */
        public static final long ONLY_IF_ABSENT = Long.MIN_VALUE;
    }
}
