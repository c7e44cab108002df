package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.message.Replication;
import org.jspecify.annotations.Nullable;

/** A leader's transfer of its applied state to one replica: one piece at a time, repeated until it is taken. */
final class SnapshotSender {
    private final Replica replica;
    private final WorkerContext context;
    private final Progress progress;
    private final long transfer;
    private final LogPosition position;
    private final long logTimeMillis;
    private final int remembered;
    private final boolean forced;
    private Replication.@Nullable SnapshotChunk current;
    /** Whether the piece that follows is being read: a piece may be acknowledged more than once. */
    private boolean reading;

    private long sentBytes;
    private long totalBytes;

    SnapshotSender(Replica replica, WorkerContext context, Progress progress, boolean forced) {
        this.replica = replica;
        this.context = context;
        this.progress = progress;
        this.forced = forced;
        this.transfer = context.nextTransfer();
        this.position = replica.table().applied();
        this.logTimeMillis = replica.table().logTimeMillis();
        this.remembered = replica.table().remembered();
    }

    long transfer() {
        return transfer;
    }

    boolean isForced() {
        return forced;
    }

    /** A receiver that is to be repaired acknowledges what it was sent before, too, and goes on. */
    boolean isEndedBy(long acknowledgedIndex) {
        boolean allSent = current != null && current.last();
        return acknowledgedIndex >= position.index() && (allSent || !forced);
    }

    void open() {
        replica.flush();
        replica.store().submit(new Effect.OpenSnapshot(replica.partition, transfer));
    }

    void pieceRead(Bytes piece, boolean last, long estimatedBytes) {
        reading = false;
        int sequence = current == null ? 0 : current.sequence() + 1;
        totalBytes = estimatedBytes;
        sentBytes += piece.length();
        current = new Replication.SnapshotChunk(
                replica.partition,
                replica.term(),
                context.self,
                transfer,
                position,
                logTimeMillis,
                remembered,
                sequence,
                last,
                forced,
                piece);
        resend();
    }

    void resend() {
        if (current != null) {
            progress.sent(context.nanos());
            context.emit(new Effect.SendRequest(progress.member.worker(), current));
        }
    }

    /** The receiver took the piece. */
    void taken(int sequence) {
        if (current != null && sequence == current.sequence() && !current.last() && !reading) {
            reading = true;
            replica.store().submit(new Effect.ReadPiece(replica.partition, transfer));
        }
    }

    void close() {
        replica.store().submit(new Effect.CloseSnapshot(replica.partition, transfer));
    }

    int percent() {
        return totalBytes <= 0 ? 0 : (int) Math.min(99, sentBytes * 100 / totalBytes);
    }
}
