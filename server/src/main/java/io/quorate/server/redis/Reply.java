package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.List;
import java.util.Map;

/** What a command is answered; how it is written depends on the version of the protocol. */
sealed interface Reply {
    /** A word about how it went. */
    record Simple(String text) implements Reply {}

    /** Why it was not done: a word in capitals, then a sentence. */
    record Failure(String text) implements Reply {}

    /** A whole number. */
    record Whole(long number) implements Reply {}

    /** Bytes. */
    record Bulk(Bytes bytes) implements Reply {}

    /** Text of several lines for people. */
    record Text(String text) implements Reply {}

    /** Nothing where bytes could be. */
    record Nothing() implements Reply {}

    /** Nothing where several could be. */
    record NoneOfThem() implements Reply {}

    /** Several, in order. */
    record Many(List<Reply> items) implements Reply {
        public Many {
            items = List.copyOf(items);
        }
    }

    /** Pairs, in order; the older version of the protocol has them as one list. */
    record Pairs(List<Map.Entry<Reply, Reply>> items) implements Reply {
        public Pairs {
            items = List.copyOf(items);
        }
    }

    /** As Redis says that something is done. */
    Reply OK = new Simple("OK");

    /** As Redis says that a command of a transaction waits for EXEC. */
    Reply QUEUED = new Simple("QUEUED");

    /** The one {@link Nothing}. */
    Reply NOTHING = new Nothing();

    /** Yes. */
    Reply ONE = new Whole(1);

    /** No. */
    Reply ZERO = new Whole(0);

    /** The text as bytes. */
    static Reply bulk(String text) {
        return new Bulk(Bytes.utf8(text));
    }

    /** Yes or no, as a number. */
    static Reply flag(boolean yes) {
        return yes ? ONE : ZERO;
    }
}
