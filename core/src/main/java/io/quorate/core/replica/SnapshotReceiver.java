package io.quorate.core.replica;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.message.Replication;
import io.quorate.core.message.Replication.SnapshotChunk;
import io.quorate.core.port.ReplicaMeta;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot in, piece by piece, and makes it the replica's state. Action {@code InstallSnapshot}. */
final class SnapshotReceiver {
    /** Answered when the pieces do not continue what is here: the leader begins again. */
    static final int FROM_THE_BEGINNING = -1;

    private final Replica replica;
    private final WorkerContext context;
    private @Nullable SnapshotChunk first;
    private long transfer;
    private int taken;
    private int stagedUpTo;
    private long bytes;
    private boolean lastSeen;
    private @Nullable ReplicaMeta installing;

    SnapshotReceiver(Replica replica, WorkerContext context) {
        this.replica = replica;
        this.context = context;
    }

    boolean isInstalling() {
        return installing != null;
    }

    boolean isReceiving() {
        return first != null;
    }

    /** A transfer belongs to one term and to its replica. An installation that has begun is finished all the same. */
    void end() {
        if (first != null && installing == null) {
            first = null;
            replica.store().submit(new Effect.AbandonSnapshot(replica.partition, transfer));
        }
    }

    void chunk(SnapshotChunk chunk) {
        replica.follower().follow(chunk.leader());
        if (isInstalling()) {
            return;
        }
        if (isHeld(chunk)) {
            replica.follower().confirm(chunk.position().index());
            replica.follower().advance();
            replica.follower().acknowledge();
            if (chunk.forced()) {
                refuse(chunk);
            }
        } else if (chunk.sequence() == 0 && (first == null || transfer != chunk.transfer())) {
            first = chunk;
            transfer = chunk.transfer();
            stagedUpTo = -1;
            bytes = 0;
            stage(chunk);
        } else if (first == null || transfer != chunk.transfer()) {
            taken(chunk.transfer(), FROM_THE_BEGINNING);
        } else if (chunk.sequence() == taken) {
            stage(chunk);
        } else if (chunk.sequence() <= stagedUpTo) {
            taken(transfer, stagedUpTo);
        }
    }

    /** A replica that holds the snapshot's position ignores it and keeps its suffix, unless it asked for a repair. */
    private boolean isHeld(SnapshotChunk chunk) {
        LogPosition position = chunk.position();
        boolean holds = position.index() <= replica.table().applied().index()
                || replica.log().matches(position);
        return holds && !(chunk.forced() && canRepair(position));
    }

    /** Entries applied beyond the snapshot may be nowhere but in the state that it would replace. */
    private boolean canRepair(LogPosition position) {
        return replica.comparison().awaitsRepair()
                && position.index() >= replica.table().applied().index();
    }

    /** A repair that does not fit any more is asked for again, if it is still wanted. */
    private void refuse(SnapshotChunk chunk) {
        taken(chunk.transfer(), FROM_THE_BEGINNING);
        replica.comparison().askForRepair();
    }

    private void stage(SnapshotChunk chunk) {
        taken = chunk.sequence() + 1;
        lastSeen = chunk.last();
        bytes += chunk.data().length();
        replica.store()
                .submit(new Effect.StagePiece(replica.partition, chunk.transfer(), chunk.sequence(), chunk.data()));
    }

    void staged(long stagedTransfer, int sequence) {
        if (first == null || stagedTransfer != transfer || isInstalling()) {
            return;
        }
        stagedUpTo = sequence;
        if (lastSeen && sequence == taken - 1) {
            if (isHeld(first)) {
                abandon(first);
            } else {
                install(first);
            }
        } else {
            taken(transfer, sequence);
        }
    }

    /** What was taken and applied while the pieces were staged must not be lost. */
    private void abandon(SnapshotChunk overtaken) {
        first = null;
        replica.store().submit(new Effect.AbandonSnapshot(replica.partition, transfer));
        refuse(overtaken);
    }

    private void install(SnapshotChunk chunk) {
        ReplicaMeta meta = new ReplicaMeta(
                replica.partition,
                replica.generation() + 1,
                true,
                replica.term(),
                chunk.position(),
                chunk.logTimeMillis(),
                chunk.remembered());
        installing = meta;
        context.noteInstall();
        replica.store().submit(new Effect.InstallSnapshot(replica.partition, transfer, meta));
    }

    void installed(long installedTransfer) {
        ReplicaMeta meta = installing;
        if (meta == null || first == null || installedTransfer != transfer) {
            return;
        }
        boolean keepSuffix = first.forced() && replica.log().matches(meta.applied());
        long term = first.term();
        installing = null;
        first = null;
        replica.installed(meta, keepSuffix);
        replica.comparison().repaired(bytes);
        if (replica.term() == term) {
            replica.follower().confirm(meta.applied().index());
            replica.follower().acknowledge();
        }
        replica.fencing().poll();
    }

    private void taken(long ofTransfer, int sequence) {
        replica.follower()
                .reply(new Replication.SnapshotTaken(
                        replica.partition, replica.term(), context.self, ofTransfer, sequence));
    }
}
