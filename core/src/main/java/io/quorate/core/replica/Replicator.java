package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Now;
import io.quorate.core.log.Entry;
import io.quorate.core.message.Replication;
import java.util.List;

/** A leader's sending of entries and snapshots to the others, and its account of what they have. */
final class Replicator {
    /** Entries on their way to one replica. */
    static final int MAX_IN_FLIGHT = 4_096;

    /** A transfer is given up when its receiver has said nothing for so long. */
    private static final long MAX_SILENCE_NANOS = 30_000 * Now.NANOS_PER_MILLI;

    /** For one that lags without a snapshot being sent, entries are kept until it has said nothing for so long. */
    static final long MAX_LAG_SILENCE_NANOS = 5_000 * Now.NANOS_PER_MILLI;

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final Retention retention;
    private long noticeAtNanos = Long.MAX_VALUE;

    Replicator(Replica replica, WorkerContext context, Leader leader) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
        this.retention = new Retention(replica, context, leader);
    }

    /** Forgets applied entries that nobody needs any more. */
    void trimLog() {
        retention.trim();
    }

    /** Sends what is new to everybody who can take it. */
    void replicate() {
        leader.members().forEach(this::sendNew);
        leader.everybody().stream().filter(progress -> progress.learner).forEach(this::sendNew);
    }

    private void sendNew(Progress progress) {
        long last = replica.log().last().index();
        if (progress.diskIsGone) {
            return;
        }
        while (progress.mode == Progress.Mode.REPLICATE && progress.next <= last && hasRoomInFlight(progress)) {
            if (!sendOne(progress)) {
                return;
            }
        }
        if (progress.match < last && progress.mode != Progress.Mode.SNAPSHOT) {
            context.wakeBy(progress.resendAtNanos(context.settings));
        }
    }

    private boolean hasRoomInFlight(Progress progress) {
        long acknowledged = progress.acknowledged();
        ReplicaLog log = replica.log();
        return progress.next - 1 - acknowledged < MAX_IN_FLIGHT
                && log.bytesAfter(acknowledged) - log.bytesAfter(progress.next - 1)
                        < progress.windowBytes(context.settings);
    }

    /** Sends one message from the next entry on; answers false when a snapshot is needed instead. */
    private boolean sendOne(Progress progress) {
        ReplicaLog log = replica.log();
        if (progress.next <= log.base().index()) {
            sendSnapshot(progress, false);
            return false;
        }
        List<Entry> entries = log.from(progress.next, context.settings.appendBytes());
        send(progress, entries);
        if (progress.mode == Progress.Mode.REPLICATE) {
            progress.next += entries.size();
        }
        return true;
    }

    private void send(Progress progress, List<Entry> entries) {
        LogPosition previous = new LogPosition(replica.log().termAt(progress.next - 1), progress.next - 1);
        Invariants.check(previous.term() >= 0, "entries sent behind a position that the log does not have");
        progress.sent(context.nanos());
        progress.sentCommit = replica.commitIndex();
        if (leader.explained().isAsked()) {
            leader.explained().sending(progress, progress.next, entries.size());
        }
        context.emit(new Effect.SendRequest(
                progress.member.worker(),
                new Replication.Append(
                        replica.partition, leader.term(), context.self, previous, replica.commitIndex(), entries)));
    }

    void appended(Progress progress, Replication.Appended reply) {
        progress.heard(context.nanos());
        progress.applied = Math.max(progress.applied, reply.appliedIndex());
        noteNews(progress, reply.index());
        progress.matched(reply.index());
        SnapshotSender snapshot = progress.snapshot;
        if (snapshot != null && snapshot.isEndedBy(reply.index())) {
            close(progress);
            context.emit(new Effect.ReportNow());
            progress.mode = Progress.Mode.PROBE;
        }
        retention.caughtUp(progress);
        if (progress.mode == Progress.Mode.PROBE) {
            progress.mode = Progress.Mode.REPLICATE;
            progress.next = progress.match + 1;
            context.changed.add(replica.partition);
        }
        if (progress.learner) {
            context.changed.add(replica.partition);
        }
        sendNew(progress);
    }

    /** The controller should hear of a first acknowledgement, and of a replica that has everything. */
    private void noteNews(Progress progress, long index) {
        boolean first = progress.match < 0;
        boolean complete =
                index > progress.match && index >= replica.log().last().index();
        if (first || complete) {
            context.changed.add(replica.partition);
        }
    }

    void mismatch(Progress progress, long hint) {
        progress.heard(context.nanos());
        if (progress.mode == Progress.Mode.SNAPSHOT || hint + 1 >= progress.next) {
            return;
        }
        if (hint < progress.match && !progress.learner) {
            return;
        }
        progress.probeAgainFrom(hint + 1);
        sendOne(progress);
        context.wakeBy(progress.resendAtNanos(context.settings));
    }

    /** Replaces a replica's state, from the beginning again if that is under way. */
    void repair(Progress progress) {
        if (progress.snapshot != null && progress.snapshot.isForced()) {
            forget(progress);
        }
        if (progress.snapshot == null) {
            sendSnapshot(progress, true);
        }
    }

    /** Sends the applied state; too many transfers at once wait for each other. */
    void sendSnapshot(Progress progress, boolean forced) {
        forget(progress);
        if (!retention.begin(progress)) {
            progress.mode = Progress.Mode.PROBE;
            progress.sent(context.nanos());
            context.wakeBy(progress.resendAtNanos(context.settings));
            return;
        }
        progress.mode = Progress.Mode.SNAPSHOT;
        SnapshotSender sender = new SnapshotSender(replica, context, progress, forced);
        progress.snapshot = sender;
        progress.sent(context.nanos());
        sender.open();
        context.wakeBy(progress.resendAtNanos(context.settings));
    }

    void pieceRead(long transfer, Bytes piece, boolean last, long estimatedBytes) {
        for (Progress progress : leader.everybody()) {
            SnapshotSender sender = progress.snapshot;
            if (sender != null && sender.transfer() == transfer) {
                sender.pieceRead(piece, last, estimatedBytes);
                context.changed.add(replica.partition);
            }
        }
    }

    void snapshotTaken(Progress progress, Replication.SnapshotTaken reply) {
        SnapshotSender sender = progress.snapshot;
        if (sender == null || sender.transfer() != reply.transfer()) {
            return;
        }
        progress.heard(context.nanos());
        progress.sent(context.nanos());
        if (reply.sequence() == SnapshotReceiver.FROM_THE_BEGINNING) {
            forget(progress);
            progress.probeFrom(progress.next);
            context.wakeBy(context.nanos());
        } else {
            sender.taken(reply.sequence());
        }
    }

    /** Ends what is under way to a replica. */
    void forget(Progress progress) {
        close(progress);
        retention.end(progress);
    }

    private static void close(Progress progress) {
        if (progress.snapshot != null) {
            progress.snapshot.close();
            progress.snapshot = null;
        }
    }

    /** Followers hear of it with the next entries, or soon without. */
    void commitAdvanced() {
        if (noticeAtNanos == Long.MAX_VALUE) {
            noticeAtNanos = context.nanos() + context.settings.commitNoticeNanos();
        }
        context.wakeBy(noticeAtNanos);
    }

    /** The link to a worker is there again: whatever was on its way may be lost. */
    void linkUp(String worker) {
        for (Progress progress : leader.everybody()) {
            if (progress.member.worker().equals(worker)) {
                progress.heard(context.nanos());
                progress.leaseSentNanos = LeaseRule.NEVER;
                progress.diskIsGone = false;
                resend(progress);
            }
        }
    }

    void tick() {
        long now = context.nanos();
        boolean notice = noticeAtNanos <= now;
        if (notice) {
            noticeAtNanos = Long.MAX_VALUE;
        } else {
            context.wakeBy(noticeAtNanos);
        }
        long last = replica.log().last().index();
        for (Progress progress : leader.everybody()) {
            if (progress.diskIsGone) {
                continue;
            }
            giveUpTransfer(progress);
            boolean waits = progress.match < last
                    || progress.mode != Progress.Mode.REPLICATE
                    || progress.applied < replica.commitIndex();
            if (waits && progress.resendAtNanos(context.settings) <= now) {
                progress.overdue();
                resend(progress);
            } else if (notice
                    && progress.mode == Progress.Mode.REPLICATE
                    && progress.sentCommit < replica.commitIndex()) {
                sendNotice(progress);
            }
            if (waits) {
                context.wakeBy(progress.resendAtNanos(context.settings));
            }
        }
    }

    /** A follower that waits for entries which are not kept any more gets no notice but a snapshot. */
    private void sendNotice(Progress progress) {
        if (progress.next <= replica.log().base().index()) {
            sendSnapshot(progress, false);
        } else {
            send(progress, List.of());
        }
    }

    private void giveUpTransfer(Progress progress) {
        long limit = progress.snapshot == null ? MAX_LAG_SILENCE_NANOS : MAX_SILENCE_NANOS;
        if (progress.hold != null && progress.silentNanos(context.nanos()) > limit) {
            giveUp(progress);
        }
    }

    /** What it was sent or is still to be sent is of no use: a repair begins again, others when they ask for entries. */
    void giveUp(Progress progress) {
        boolean repairs = progress.snapshot != null && progress.snapshot.isForced();
        boolean sends = progress.snapshot != null;
        forget(progress);
        if (repairs) {
            sendSnapshot(progress, true);
        } else if (sends) {
            progress.probeFrom(progress.next);
        }
        context.wakeBy(progress.resendAtNanos(context.settings));
    }

    private void resend(Progress progress) {
        if (progress.snapshot != null) {
            progress.sent(context.nanos());
            progress.snapshot.resend();
            return;
        }
        progress.probeFrom(progress.match >= 0 ? progress.match + 1 : progress.next);
        sendOne(progress);
    }
}
