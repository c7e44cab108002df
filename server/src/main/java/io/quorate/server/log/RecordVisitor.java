package io.quorate.server.log;

import io.quorate.api.Bytes;

/** Told every record that survived, in the order in which they were appended, before the log takes new ones. */
@FunctionalInterface
public interface RecordVisitor {
    /** One record. Called on the thread that opens the log. */
    void record(long sequence, Bytes record);
}
