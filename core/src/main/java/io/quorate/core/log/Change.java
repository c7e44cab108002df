package io.quorate.core.log;

import io.quorate.api.Bytes;
import io.quorate.api.Record;

/** What an entry does to a partition: effects only, never a condition, so that replicas apply it without reading. */
public sealed interface Change {
    /**
     * The key has this record from now on. An entry changes a key at most once.
     *
     * @param key 1 to {@link io.quorate.api.Limits#MAX_KEY_BYTES} bytes
     * @param record its revision is the entry's (term, index)
     */
    record Put(Bytes key, Record record) implements Change {}

    /** The key does not exist from now on. */
    record Delete(Bytes key) implements Change {}

    /** The record has expired and does not exist from now on. */
    record Expire(Space space, Bytes key) implements Change {}

    /**
     * A write that its client may repeat was decided: a repetition is answered with this. Or a session was opened.
     *
     * @param id one of {@link RememberedIds}; not there before
     * @param record its value is the outcome, or the session's state; its expiry the end of the time for which it is kept
     */
    record Remember(Bytes id, Record record) implements Change {}

    /**
     * A session was written in.
     *
     * @param id of a session; there before
     * @param record its value is the session's state, its expiry when the session ends without a further write
     */
    record Renew(Bytes id, Record record) implements Change {}

    /** Nothing but the log's time goes on, so that what has expired by it is gone for every replica. */
    record Time() implements Change {}

    /** The first entry of a term; once it is committed the leader serves. */
    record Barrier() implements Change {}

    /**
     * Replicas that were asked to compare themselves take a digest of their state right after this entry.
     *
     * @param comparison which comparison it belongs to
     */
    record Checksum(long comparison) implements Change {}
}
