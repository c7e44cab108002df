package io.quorate.core.replica;

import io.quorate.api.ReadRequest;
import io.quorate.api.ScanRequest;
import io.quorate.api.WatchRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.message.Order;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.Replication;
import io.quorate.core.port.Expiries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The role of leading a partition in one term. Actions {@code AppendBarrier}, {@code Commit} and {@code Establish}.
 *
 * <p>It begins with nothing known of the others and a barrier entry of its own term; it serves once that is committed.
 */
final class Leader {
    /** A learner that lacks no more entries than this is near enough to become a member. */
    private static final long CLOSE_ENTRIES = 256;

    private final Replica replica;
    private final WorkerContext context;
    private final long term;
    private final Configuration configuration;
    private final Map<Member, Progress> members = new LinkedHashMap<>();
    private final Map<Member, Progress> learners = new LinkedHashMap<>();
    private List<Progress> everybody = List.of();
    private final Replicator replicator;
    private final ExplainedWrites explained;
    private final WideWrites wide;
    private final Writes writes;
    private final Reads reads;
    private final Scans scans;
    private final Watches watches;
    private final Sweeper sweeper;
    private final WaitingRoom waitingRoom;
    private final long barrier;
    private boolean established;
    private long waitingSinceNanos;
    /** The end of the log after the last turn: what came in this one waits for nothing yet, however many entries it made. */
    private long endOfLastTurn;

    Leader(Replica replica, WorkerContext context, Order.Lead order) {
        this.replica = replica;
        this.context = context;
        this.term = order.term();
        this.configuration = order.configuration();
        this.barrier = replica.log().last().index() + 1;
        this.replicator = new Replicator(replica, context, this);
        this.explained = new ExplainedWrites(replica, context, this);
        this.wide = new WideWrites(context, this);
        this.writes = new Writes(replica, context, this, wide);
        this.reads = new Reads(replica, context, this, writes);
        this.scans = new Scans(replica, context, this, reads, writes);
        this.watches = new Watches(replica, context, reads, barrier);
        this.sweeper = new Sweeper(replica, context, writes);
        this.waitingRoom = new WaitingRoom(replica, context);
        this.waitingSinceNanos = context.nanos();
        this.endOfLastTurn = replica.log().last().index();
        for (Member member : configuration.members()) {
            if (!member.equals(context.self)) {
                members.put(member, new Progress(member, false, barrier));
            }
        }
        feed(order.learners());
    }

    void begin() {
        writes.addOwn(new Change.Barrier());
        flush();
        serveIfDue();
    }

    /** Feeds exactly these learners beside the members. */
    void feed(List<Member> wanted) {
        List<Progress> gone = new ArrayList<>();
        learners.values().removeIf(progress -> {
            boolean unwanted = !wanted.contains(progress.member);
            if (unwanted) {
                gone.add(progress);
            }
            return unwanted;
        });
        gone.forEach(replicator::forget);
        for (Member member : wanted) {
            if (!configuration.contains(member) && !learners.containsKey(member)) {
                Progress progress =
                        new Progress(member, true, replica.log().last().index() + 1);
                progress.probeFrom(progress.next);
                learners.put(member, progress);
                otherDiskAnswers(member);
            }
        }
        List<Progress> all = new ArrayList<>(members.values());
        all.addAll(learners.values());
        everybody = List.copyOf(all);
        context.changed.add(replica.partition);
        context.wakeBy(context.nanos());
    }

    long term() {
        return term;
    }

    Configuration configuration() {
        return configuration;
    }

    Collection<Progress> members() {
        return members.values();
    }

    List<Progress> everybody() {
        return everybody;
    }

    ExplainedWrites explained() {
        return explained;
    }

    boolean isEstablished() {
        return established;
    }

    /** Whether the replica still plays this very role. */
    boolean isCurrent() {
        return replica.leader().filter(current -> current == this).isPresent();
    }

    /** Takes a client's request; it is answered through {@link Answers}. */
    void take(Origin origin, ClientRequest request, long deadlineNanos) {
        if (!established) {
            waitingRoom.enter(origin, request, deadlineNanos);
            return;
        }
        switch (request) {
            case ClientRequest.Write(WriteRequest write) -> writes.write(origin, write, deadlineNanos);
            case ClientRequest.Read(ReadRequest read) -> reads.read(origin, read.key(), deadlineNanos);
            case ClientRequest.Scan(ScanRequest scan) -> scans.scan(origin, scan, deadlineNanos);
            case ClientRequest.Watch(WatchRequest watch) -> watches.watch(origin, watch, deadlineNanos);
        }
    }

    /** Whether it would answer a read at that time without asking anybody. */
    boolean wouldReadAt(long nanos) {
        return established && reads.leaseHoldsAt(nanos);
    }

    /** Answers the claim as soon as it is certain that nobody else led. */
    void confirm(Reads.Claim claim) {
        reads.confirm(claim);
    }

    /** A search for what has expired has ended. */
    void expired(long logTimeMillis, Expiries expiries) {
        sweeper.found(logTimeMillis, expiries);
    }

    /** Appends an entry after which replicas compare themselves. */
    void checksum(long comparison) {
        writes.addOwn(new Change.Checksum(comparison));
    }

    /** Ends a turn of the event loop: closes the entry being gathered and sends what is new. */
    void flush() {
        boolean wasQuiet = replica.commitIndex() >= endOfLastTurn;
        writes.flush();
        endOfLastTurn = replica.log().last().index();
        if (wasQuiet && replica.commitIndex() < endOfLastTurn) {
            waitingSinceNanos = context.nanos();
            context.wakeBy(waitingSinceNanos + context.settings.stallNanos());
        }
        replicator.replicate();
    }

    /** Commits what W members have, and answers for it. */
    void advance() {
        if (explained.isAsked()) {
            explained.durable(replica.log().durableIndex());
        }
        Map<Member, Long> acknowledged = new LinkedHashMap<>();
        members.forEach((member, progress) -> {
            if (!progress.diskIsGone) {
                acknowledged.put(member, progress.match);
            }
        });
        long committed = context.rules
                .commit()
                .committed(configuration, context.self, replica.log().durableIndex(), acknowledged, barrier);
        if (committed <= replica.commitIndex()) {
            return;
        }
        waitingSinceNanos = context.nanos();
        if (explained.isAsked()) {
            explained.committed(committed);
        }
        replica.committed(committed);
        serveIfDue();
        writes.answerCommitted();
        reads.advanced();
        watches.advanced();
        replicator.commitAdvanced();
    }

    private void serveIfDue() {
        if (!established && context.rules.commit().serves(replica.commitIndex(), barrier)) {
            established = true;
            context.changed.add(replica.partition);
            context.emit(new Effect.ReportNow());
            waitingRoom.open(this);
            sweeper.tick();
        }
    }

    void applied(Entry entry) {
        writes.applied(entry);
        sweeper.applied(entry);
    }

    void answer(Replication.Reply reply) {
        Progress progress = members.get(reply.from());
        if (progress == null) {
            otherDiskAnswers(reply.from());
            progress = learners.get(reply.from());
        }
        if (progress == null) {
            return;
        }
        if (!context.rules.acknowledge().counts(reply.term(), term)) {
            return;
        }
        switch (reply) {
            case Replication.Appended appended -> {
                if (explained.isAsked()) {
                    explained.acknowledged(progress, appended.index());
                }
                replicator.appended(progress, appended);
                advance();
                wide.acknowledged();
            }
            case Replication.Mismatch mismatch -> replicator.mismatch(progress, mismatch.hint());
            case Replication.NoReplica _ -> progress.backOff();
            case Replication.LeaseGranted granted -> reads.granted(progress, granted.sentNanos());
            case Replication.SnapshotTaken taken -> replicator.snapshotTaken(progress, taken);
            case Replication.Traced traced -> explained.traced(progress, traced);
            case Replication.Deposed _, Replication.ChecksumIs _ -> {}
        }
    }

    /** The worker of these replicas runs on that disk now: those on another one are not sent anything any more. */
    private void otherDiskAnswers(Member now) {
        for (Progress progress : members.values()) {
            boolean gone = progress.member.worker().equals(now.worker()) && !progress.member.equals(now);
            if (gone && !progress.diskIsGone) {
                progress.diskIsGone = true;
                replicator.forget(progress);
            }
        }
    }

    /** A replica that differs from this one wants its state replaced; what it was sent before did not fit. */
    void repair(String worker) {
        everybody().stream()
                .filter(progress -> progress.member.worker().equals(worker))
                .forEach(replicator::repair);
    }

    Replicator replicator() {
        return replicator;
    }

    /** Does what is due by now. */
    void tick() {
        replicator.tick();
        wide.tick();
        reads.tick();
        watches.tick();
        waitingRoom.tick();
        if (established) {
            sweeper.tick();
        }
        if (replica.commitIndex() < replica.log().last().index() && !isStalled()) {
            context.wakeBy(waitingSinceNanos + context.settings.stallNanos());
        }
    }

    /** Whether its quorum has not answered for longer than it should. */
    boolean isStalled() {
        long now = context.nanos();
        boolean writesWait =
                replica.commitIndex() < endOfLastTurn && now - waitingSinceNanos >= context.settings.stallNanos();
        long readsSince = reads.waitingSinceNanos();
        return writesWait || (readsSince != Long.MAX_VALUE && now - readsSince >= context.settings.stallNanos());
    }

    long uncommittedBytes() {
        return replica.log().bytesAfter(replica.commitIndex());
    }

    /** How many members, this one included, have everything up to the index on disk. */
    int acknowledgements(long index) {
        int others = (int) members.values().stream()
                .filter(progress -> !progress.diskIsGone && progress.match >= index)
                .count();
        return others + (replica.log().durableIndex() >= index ? 1 : 0);
    }

    void stepDown() {
        wide.stepDown();
        writes.stepDown();
        reads.stepDown();
        watches.stepDown();
        waitingRoom.close();
        everybody().forEach(replicator::forget);
    }

    List<PartitionReport.PeerProgress> peers() {
        long last = replica.log().last().index();
        return everybody().stream()
                .map(progress -> progress.report(last, CLOSE_ENTRIES))
                .toList();
    }
}
