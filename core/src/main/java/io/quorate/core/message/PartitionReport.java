package io.quorate.core.message;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import java.util.List;

/**
 * How a replica stands, as its worker reports it with a heartbeat.
 *
 * @param role as of now
 * @param established the leader has committed its term's barrier
 * @param last the end of its log
 * @param commitIndex what it knows to be committed
 * @param appliedIndex what it has applied
 * @param sizeBytes estimate of the bytes of its keys and values
 * @param peers what a leader knows of the others; empty for other roles
 */
public record PartitionReport(
        int partition,
        long term,
        Role role,
        boolean established,
        LogPosition last,
        long commitIndex,
        long appliedIndex,
        long sizeBytes,
        List<PeerProgress> peers) {
    public PartitionReport {
        peers = List.copyOf(peers);
    }

    /** What a replica is. */
    public enum Role {
        /** It leads its term. */
        LEADER,
        /** It follows the leader of its term. */
        FOLLOWER,
        /** It is fenced, or has not heard from a leader of its term. */
        FENCED
    }

    /**
     * What a leader knows of one other replica.
     *
     * @param member which
     * @param matchIndex on its disk, as acknowledged in this term; -1 before the first acknowledgement
     * @param learner whether it counts nowhere yet
     * @param snapshotPercent progress of a snapshot transfer, 0 to 100; -1 when there is none
     * @param close it is near enough to become a member without holding writes up
     */
    public record PeerProgress(Member member, long matchIndex, boolean learner, int snapshotPercent, boolean close) {}
}
