package io.quorate.core.port;

import io.quorate.api.Bytes;

/** A snapshot on its way in; used by one thread at a time. */
public interface SnapshotSink {
    /** Adds a piece as {@link SnapshotSource#next} gave it, in order. */
    void add(Bytes piece);

    /**
     * Makes the pieces the partition's state under {@code meta}, whose generation is greater than the current one. A
     * crash leaves the old state or the new one, never a mixture; when it returns the new one is durable.
     */
    void install(ReplicaMeta meta);

    /** Forgets the pieces. */
    void abandon();
}
