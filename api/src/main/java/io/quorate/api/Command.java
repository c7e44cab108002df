package io.quorate.api;

/** What a client asks to change; the leader evaluates it and logs only its effects. */
public sealed interface Command {
    /** The key it is about. */
    Bytes key();

    /** What it demands of the key. */
    default Condition condition() {
        return Condition.ALWAYS;
    }

    /** Store the value, if the condition holds. */
    record Put(Bytes key, Value value, Condition condition, Lifetime lifetime) implements Command {
        /** Whatever was there, for ever. */
        public Put(Bytes key, Value value) {
            this(key, value, Condition.ALWAYS, Lifetime.FOREVER);
        }
    }

    /** Remove the key if it is there and the condition holds. */
    record Delete(Bytes key, Condition condition) implements Command {
        /** Whatever was there. */
        public Delete(Bytes key) {
            this(key, Condition.ALWAYS);
        }
    }

    /**
     * Add to the whole number under the key, which is 0 when there is none; its form and its lifetime stay.
     *
     * @param amount may be negative
     */
    record Add(Bytes key, long amount, Condition condition) implements Command {
        /** Whatever was there. */
        public Add(Bytes key, long amount) {
            this(key, amount, Condition.ALWAYS);
        }
    }

    /** Give the key another lifetime if it is there and the condition holds; its value stays. */
    record Retime(Bytes key, Lifetime lifetime, Condition condition) implements Command {}

    /**
     * Tell what the key has, if the condition holds; it changes nothing. Among others of one write it tells what those
     * before it leave.
     */
    record Get(Bytes key, Condition condition) implements Command {
        /** Whatever is there. */
        public Get(Bytes key) {
            this(key, Condition.ALWAYS);
        }
    }

    /**
     * Begin a {@link Session} for the key's partition, which changes no key; opened once more, it is another one.
     *
     * @param key any key of the partition
     */
    record OpenSession(Bytes key) implements Command {}

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
