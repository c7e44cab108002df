package io.quorate.core.replica;

import io.quorate.core.cluster.Member;
import io.quorate.core.message.Replication;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a follower's stored state with its leader's at one and the same log index.
 *
 * <p>A checksum entry goes through the log; where it is applied, each side flushes and takes a digest of its store. A
 * follower that differs asks for a snapshot in place of its state.
 */
public final class Comparison {
    /** How a comparison ended. */
    public enum Result {
        /** Both are equal. */
        EQUAL,
        /** They differed, and the leader's state was taken over. */
        REPAIRED
    }

    private final Replica replica;
    private final WorkerContext context;
    private final Map<Long, String> asked = new HashMap<>();
    private long wanted;
    private @Nullable Long ownDigest;
    private @Nullable Long leaderDigest;
    private long digestIndex;
    private long leaderIndex;

    Comparison(Replica replica, WorkerContext context) {
        this.replica = replica;
        this.context = context;
    }

    /** Follower: asks its leader for a comparison; answers whether there is a leader to ask. */
    boolean begin(long comparison) {
        Optional<Member> leader = replica.follower().leader();
        leader.ifPresent(member -> {
            wanted = comparison;
            ownDigest = null;
            leaderDigest = null;
            context.emit(new Effect.SendRequest(
                    member.worker(),
                    new Replication.ChecksumWanted(replica.partition, replica.term(), member, comparison)));
        });
        return leader.isPresent();
    }

    /** Leader: somebody will want the digest of this comparison. */
    void askedBy(String worker, long comparison) {
        asked.put(comparison, worker);
    }

    /** The checksum entry was applied: takes the digest of exactly this state, if anybody wants it. */
    void reached(long comparison, long index) {
        if (asked.containsKey(comparison) || wanted == comparison) {
            replica.flush();
            replica.store().submit(new Effect.Digest(replica.partition, comparison, index));
        }
    }

    void digested(long comparison, long index, long digest) {
        String asker = asked.remove(comparison);
        if (asker != null) {
            context.emit(new Effect.SendReply(
                    asker,
                    new Replication.ChecksumIs(
                            replica.partition, replica.term(), context.self, comparison, index, digest)));
        }
        if (wanted == comparison) {
            ownDigest = digest;
            digestIndex = index;
            judge();
        }
    }

    /** Follower: the leader's digest arrived. */
    void leaderAnswered(Replication.ChecksumIs answer) {
        if (answer.comparison() == wanted) {
            leaderDigest = answer.digest();
            leaderIndex = answer.index();
            judge();
        }
    }

    private void judge() {
        if (ownDigest == null || leaderDigest == null || digestIndex != leaderIndex) {
            return;
        }
        if (ownDigest.equals(leaderDigest)) {
            end(Result.EQUAL, 0);
            return;
        }
        askForRepair();
    }

    /** Follower: wants its state replaced, if it is known to differ. */
    void askForRepair() {
        if (!awaitsRepair()) {
            return;
        }
        replica.follower()
                .leader()
                .ifPresent(member -> context.emit(new Effect.SendRequest(
                        member.worker(),
                        new Replication.RepairWanted(replica.partition, replica.term(), member, digestIndex))));
    }

    /** Whether a snapshot that replaces an equal log position was asked for. */
    boolean awaitsRepair() {
        return ownDigest != null && leaderDigest != null && digestIndex == leaderIndex;
    }

    /** The repairing snapshot, of so many bytes, was installed. */
    void repaired(long bytes) {
        if (awaitsRepair()) {
            end(Result.REPAIRED, bytes);
        }
    }

    private void end(Result result, long bytes) {
        context.compared(replica.partition, wanted, result, bytes);
        wanted = 0;
        ownDigest = null;
        leaderDigest = null;
    }
}
