package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
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

    /** Whether a restart would find that term. */
    public boolean termIsDurable() {
        return replica.termIsDurable();
    }

    /** Whether it leads. */
    public boolean leads() {
        return replica.leads();
    }

    /** Whether it leads and has committed its barrier. */
    public boolean established() {
        return replica.leader().filter(Leader::isEstablished).isPresent();
    }

    /** Whether it would answer a linearizable read at that time of its monotonic clock without asking anybody. */
    public boolean wouldReadAt(long nanos) {
        return replica.leader().filter(leader -> leader.wouldReadAt(nanos)).isPresent();
    }

    /** Whether it waits for a lease to run out before it answers a fence. */
    public boolean awaitsPromise() {
        return replica.fencing().awaitsPromise();
    }

    /** Whether a lease that it granted has not run out. */
    public boolean hasPromised() {
        return replica.fencing().hasPromised();
    }

    /** Whether pieces of a snapshot have arrived. */
    public boolean isReceiving() {
        return replica.receiver().isReceiving();
    }

    /** Whether a snapshot is being made its state. */
    public boolean isInstalling() {
        return replica.isInstalling();
    }

    /** Whether it sends a snapshot to another replica. */
    public boolean isSending() {
        Leader leader = replica.leader().orElse(null);
        if (leader != null) {
            for (Progress progress : leader.everybody()) {
                if (progress.snapshot != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it keeps entries for a replica that has got a snapshot and has not caught up yet. */
    public boolean isCatchingUp() {
        Leader leader = replica.leader().orElse(null);
        if (leader != null) {
            for (Progress progress : leader.everybody()) {
                if (progress.hold != null && progress.snapshot == null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the state of a key is being read from the store. */
    public boolean isLoading() {
        return replica.loadsInFlight() > 0;
    }

    /** The end of what of its log is on disk. */
    public LogPosition durable() {
        return replica.log().durable();
    }

    /** Whether the entry is on its disk; what was applied and is not kept any more is there. */
    public boolean holdsOnDisk(LogPosition position) {
        ReplicaLog log = replica.log();
        return position.index() < log.base().index()
                || (position.index() <= log.durableIndex() && log.matches(position));
    }

    /** The end of its log. */
    public LogPosition last() {
        return replica.log().last();
    }

    /** The last entry applied. */
    public LogPosition applied() {
        return replica.table().applied();
    }

    /** How many idempotency keys and sessions it counts in its applied state. */
    public int remembered() {
        return replica.table().remembered();
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

    /** What the replica has under a key, expired or not, given what its store has. */
    public Optional<Record> record(Space space, Bytes key, Optional<Record> stored) {
        return switch (replica.table().lookup(space, key)) {
            case Lookup.Found found -> Optional.of(found.record());
            case Lookup.Absent _ -> Optional.empty();
            case Lookup.NotInMemory _ -> stored;
        };
    }
}
