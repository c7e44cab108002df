package io.quorate.core.log;

import io.quorate.core.cluster.LogPosition;

/** What a worker writes into its shared log; at recovery the records are read in the order in which they were written. */
public sealed interface LogRecord {
    /** The partition it belongs to. */
    int partition();

    /**
     * An entry; a record of another term at the same index supersedes it and all that followed it. A record of the same
     * term at the same index repeats it and changes nothing.
     */
    record EntryWritten(int partition, Entry entry) implements LogRecord {}

    /** Nothing of an older term is acknowledged, granted or served from here on. */
    record TermRaised(int partition, long term) implements LogRecord {}

    /** An empty replica was made on the controller's order. */
    record ReplicaCreated(int partition, long term, int generation) implements LogRecord {}

    /** The replica was deleted; its term stays. */
    record ReplicaDropped(int partition, long term, int generation) implements LogRecord {}

    /** A snapshot became the replica's state: entries written before this record are void. */
    record BaseSet(int partition, int generation, LogPosition base) implements LogRecord {}
}
