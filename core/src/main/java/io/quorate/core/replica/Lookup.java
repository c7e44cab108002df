package io.quorate.core.replica;

import io.quorate.api.Record;

/** What memory knows of a key. */
sealed interface Lookup {
    /** It has this record. */
    record Found(Record record) implements Lookup {}

    /** It does not exist. */
    record Absent() implements Lookup {
        static final Absent ABSENT = new Absent();
    }

    /** Memory does not know; the store does. */
    record NotInMemory() implements Lookup {
        static final NotInMemory NOT_IN_MEMORY = new NotInMemory();
    }
}
