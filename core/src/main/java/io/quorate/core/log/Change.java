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

    /** The first entry of a term; once it is committed the leader serves. */
    record Barrier() implements Change {}

    /**
     * Replicas that were asked to compare themselves take a digest of their state right after this entry.
     *
     * @param comparison which comparison it belongs to
     */
    record Checksum(long comparison) implements Change {}
}
