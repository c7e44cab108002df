package io.quorate.core.message;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Entry;
import java.util.List;

/** The messages of replication, each about one partition in one term. */
public final class Replication {
    private Replication() {}

    /** Leader → follower or learner. */
    public sealed interface Request {
        /** The partition it is about. */
        int partition();

        /** The leader's term. */
        long term();

        /** The leader, with its disk. */
        Member leader();
    }

    /** Follower or learner → leader. */
    public sealed interface Reply {
        /** The partition it is about. */
        int partition();

        /** The term in which the reply counts. */
        long term();

        /** The replica, with its disk. */
        Member from();
    }

    /**
     * Entries that follow {@code previous}; without entries it probes or announces the commit index.
     *
     * @param commitIndex what is committed, possibly beyond these entries
     */
    public record Append(
            int partition, long term, Member leader, LogPosition previous, long commitIndex, List<Entry> entries)
            implements Request {
        public Append {
            entries = List.copyOf(entries);
        }
    }

    /** Asks what becomes of the entry at that index, which comes next. */
    public record Trace(int partition, long term, Member leader, long index) implements Request {}

    /**
     * What became of the entry at that index.
     *
     * @param onDiskNanos how long after it came it was on disk
     * @param appliedNanos how long after it came it was applied
     */
    public record Traced(int partition, long term, Member from, long index, long onDiskNanos, long appliedNanos)
            implements Reply {}

    /** Up to {@code index}, what Appends of this term confirmed or wrote is on this disk. */
    public record Appended(int partition, long term, Member from, long index, long appliedIndex) implements Reply {}

    /** The previous position is not in the log; try from {@code hint}, the last index that may match. */
    public record Mismatch(int partition, long term, Member from, long hint) implements Reply {}

    /** The replica's term is greater: {@code term} is the replica's. */
    public record Deposed(int partition, long term, Member from) implements Reply {}

    /** The worker has no replica of the partition. */
    public record NoReplica(int partition, long term, Member from) implements Reply {}

    /** Asks for a lease; {@code sentNanos} is the leader's monotonic clock, echoed and meaningful to it alone. */
    public record LeaseRequest(int partition, long term, Member leader, long sentNanos) implements Request {}

    /** Promises to answer no fence for the lease and its drift. */
    public record LeaseGranted(int partition, long term, Member from, long sentNanos) implements Reply {}

    /**
     * A piece of a snapshot.
     *
     * @param transfer names the transfer within the term
     * @param position the state's place in the log
     * @param logTimeMillis log time there
     * @param remembered how many idempotency keys and sessions are in the state
     * @param sequence from 0, without gaps
     * @param forced the receiver asked for it to repair itself and takes it though it holds the position
     */
    public record SnapshotChunk(
            int partition,
            long term,
            Member leader,
            long transfer,
            LogPosition position,
            long logTimeMillis,
            int remembered,
            int sequence,
            boolean last,
            boolean forced,
            Bytes data)
            implements Request {}

    /** The pieces up to {@code sequence} have been taken. */
    public record SnapshotTaken(int partition, long term, Member from, long transfer, int sequence) implements Reply {}

    /** A replica asks the leader to append a checksum entry for a comparison. Sent by a follower on its own link. */
    public record ChecksumWanted(int partition, long term, Member leader, long comparison) implements Request {}

    /** The leader's digest for a comparison. */
    public record ChecksumIs(int partition, long term, Member from, long comparison, long index, long digest)
            implements Reply {}

    /** A replica that differs asks for a snapshot of at least this index. Sent by a follower on its own link. */
    public record RepairWanted(int partition, long term, Member leader, long atLeastIndex) implements Request {}
}
