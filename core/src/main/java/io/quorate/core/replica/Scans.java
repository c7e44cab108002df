package io.quorate.core.replica;

import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.core.cluster.LogPosition;

/**
 * A leader's scans: each page is of the state at one applied index, and answered under the same claim to be the only
 * leader as a read.
 *
 * <p>A page with a record that has expired by the leader's clock, but not by log time, is read again when log time has
 * got there, so that no later leader finds what one reader did not.
 */
final class Scans {
    /** Pages of a partition that are read or wait to be answered. */
    static final int MAX_UNDER_WAY = 16;

    /** @param arrivedMillis what log time would have been when it arrived */
    private record Scanning(
            Origin origin, ScanRequest request, long arrivedNanos, long arrivedMillis, long deadlineNanos) {}

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final Reads reads;
    private final Writes writes;
    private int underWay;

    Scans(Replica replica, WorkerContext context, Leader leader, Reads reads, Writes writes) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
        this.reads = reads;
        this.writes = writes;
    }

    void scan(Origin origin, ScanRequest request, long deadlineNanos) {
        if (underWay >= MAX_UNDER_WAY) {
            replica.answers()
                    .scanned(
                            origin,
                            new ScanOutcome.NotServed(
                                    Problem.OVERLOADED, "too many scans wait in partition " + replica.partition));
            return;
        }
        underWay++;
        reads.renew();
        look(new Scanning(origin, request, context.nanos(), writes.logTimeMillis(), deadlineNanos));
    }

    private void look(Scanning scanning) {
        LogPosition applied = replica.table().applied();
        replica.scan(scanning.request(), page -> found(scanning, page, applied), () -> notLeader(scanning));
    }

    private void found(Scanning scanning, ScannedPage page, LogPosition applied) {
        if (!leader.isCurrent()) {
            notLeader(scanning);
        } else if (page.expiresMillis() <= scanning.arrivedMillis()) {
            reads.atLogTime(new Reads.AtLogTime(
                    writes.reach(scanning.arrivedMillis()),
                    scanning.origin(),
                    scanning.deadlineNanos(),
                    () -> look(scanning),
                    detail -> refuse(scanning, detail)));
        } else {
            reads.confirm(new Reads.Claim(
                    scanning.origin(),
                    scanning.arrivedNanos(),
                    scanning.deadlineNanos(),
                    () -> answer(scanning, page, applied),
                    detail -> refuse(scanning, detail)));
        }
    }

    private void answer(Scanning scanning, ScannedPage page, LogPosition applied) {
        underWay--;
        var served = new ReadOutcome.Served(
                context.self.worker(), "leader", Consistency.LINEARIZABLE, Positions.revision(applied));
        replica.answers()
                .scanned(scanning.origin(), new ScanOutcome.Page(page.records(), page.count(), page.next(), served));
    }

    private void refuse(Scanning scanning, String detail) {
        underWay--;
        replica.answers().scanned(scanning.origin(), new ScanOutcome.NotServed(Problem.NO_QUORUM, detail));
    }

    private void notLeader(Scanning scanning) {
        underWay--;
        replica.answers().notLeader(scanning.origin(), replica.term());
    }
}
