package io.quorate.api;

/** What one entry of a partition's log made of one key. */
public sealed interface KeyChange {
    /** About what it takes beside the key and the record. */
    int FIXED_BYTES = 96;

    /** The key. */
    Bytes key();

    /** The entry. */
    Revision revision();

    /** The change's place among the changes of its entry, from 0. */
    int item();

    /** The entry's log time, milliseconds since 1970. */
    long logTimeMillis();

    /** About how many bytes it takes in an answer. */
    default long bytes() {
        return (long) FIXED_BYTES + key().length();
    }

    /** The key has this record. */
    record Put(Bytes key, Record record, int item, long logTimeMillis) implements KeyChange {
        @Override
        public Revision revision() {
            return record.revision();
        }

        @Override
        public long bytes() {
            return (long) FIXED_BYTES + key.length() + record.bytes();
        }
    }

    /** A client deleted the key, which may not have been there. */
    record Deleted(Bytes key, Revision revision, int item, long logTimeMillis) implements KeyChange {}

    /** The key's time to live was over, and it was removed. */
    record Expired(Bytes key, Revision revision, int item, long logTimeMillis) implements KeyChange {}
}
