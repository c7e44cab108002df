package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A look at a replica from outside, for checks of invariants; it changes nothing. */
public final class Inspection {
    private final Replica replica;

    Inspection(Replica replica) {
        this.replica = replica;
    }

    /** Its partition. */
    public int partition() {
        return replica.partition;
    }

    /** Its term. */
    public long term() {
        return replica.term();
    }

    /** Whether it leads. */
    public boolean leads() {
        return replica.leads();
    }

    /** Whether it leads and has committed its barrier. */
    public boolean established() {
        return replica.leader().filter(Leader::isEstablished).isPresent();
    }

    /** The end of its log. */
    public LogPosition last() {
        return replica.log().last();
    }

    /** The last entry applied. */
    public LogPosition applied() {
        return replica.table().applied();
    }

    /** Applied entries after {@code index}, as far as they are still in memory. */
    public List<Entry> appliedAfter(long index) {
        List<Entry> entries = new ArrayList<>();
        long first = Math.max(index, replica.log().base().index()) + 1;
        for (long i = first; i <= replica.table().applied().index(); i++) {
            entries.add(replica.log().entryAt(i));
        }
        return entries;
    }

    /** What the replica has under a key, given what its store has. */
    public Optional<Record> record(Bytes key, Optional<Record> stored) {
        return switch (replica.table().lookup(key)) {
            case Lookup.Found found -> Optional.of(found.record());
            case Lookup.Absent _ -> Optional.empty();
            case Lookup.NotInMemory _ -> stored;
        };
    }
}
