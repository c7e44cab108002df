package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.message.Replication;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Linearizable reads of a leader. Actions {@code RequestLease}, {@code TakeGrant} and {@code Read}.
 *
 * <p>The value is read first and the lease is checked afterwards. Without a lease, a read waits until W members have
 * granted a request that was sent after the read arrived.
 */
final class Reads {
    private static final long MAX_CLOCK_STEP_MILLIS = 50;

    private record Waiting(
            Origin origin, Optional<Record> value, LogPosition applied, long arrivedNanos, long deadlineNanos) {}

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long wallOffsetMillis;
    private long clockStepNanos = LeaseRule.NEVER;

    Reads(Replica replica, WorkerContext context, Leader leader) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
        this.wallOffsetMillis = context.now().wallOffsetMillis();
    }

    void read(Origin origin, Bytes key, long deadlineNanos) {
        if (waiting.size() + replica.loadsInFlight() >= context.settings.maxWaiting()) {
            refuse(origin, Problem.OVERLOADED, "too many reads wait in partition " + replica.partition);
            return;
        }
        long arrived = context.nanos();
        renew(arrived);
        LogPosition applied = replica.table().applied();
        switch (replica.table().lookup(key)) {
            case Lookup.Found found -> valueRead(origin, Optional.of(found.record()), applied, arrived, deadlineNanos);
            case Lookup.Absent _ -> valueRead(origin, Optional.empty(), applied, arrived, deadlineNanos);
            case Lookup.NotInMemory _ ->
                replica.load(
                        key,
                        value -> valueRead(origin, value, applied, arrived, deadlineNanos),
                        () -> replica.answers().notLeader(origin, replica.term()));
        }
    }

    private void valueRead(
            Origin origin, Optional<Record> value, LogPosition applied, long arrivedNanos, long deadlineNanos) {
        if (!leader.isCurrent()) {
            replica.answers().notLeader(origin, replica.term());
        } else if (confirmedAt() >= arrivedNanos || leaseHolds()) {
            replica.answers().read(origin, outcome(value, applied));
        } else {
            waiting.addLast(new Waiting(origin, value, applied, arrivedNanos, deadlineNanos));
            requestLease();
            context.wakeBy(context.nanos() + context.settings.resendNanos());
        }
    }

    private ReadOutcome outcome(Optional<Record> value, LogPosition applied) {
        var served = new ReadOutcome.Served(
                context.self.worker(), "leader", Consistency.LINEARIZABLE, Positions.revision(applied));
        return value.<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
                .orElseGet(() -> new ReadOutcome.Missing(served));
    }

    private boolean leaseHolds() {
        return context.rules.lease().holds(confirmedAt(), context.nanos(), context.settings.leaseNanos());
    }

    private long confirmedAt() {
        forgetAfterClockStep();
        Map<Member, Long> grants = new HashMap<>();
        for (Progress progress : leader.members()) {
            if (progress.grantedNanos != LeaseRule.NEVER) {
                grants.put(progress.member, progress.grantedNanos);
            }
        }
        return context.rules.lease().confirmedAt(leader.configuration(), context.self, context.nanos(), grants);
    }

    /** A suspended machine stops the monotonic clock while leases run out elsewhere. */
    private void forgetAfterClockStep() {
        long offset = context.now().wallOffsetMillis();
        if (Math.abs(offset - wallOffsetMillis) > MAX_CLOCK_STEP_MILLIS) {
            leader.members().forEach(progress -> progress.grantedNanos = LeaseRule.NEVER);
            clockStepNanos = context.nanos();
        }
        wallOffsetMillis = offset;
    }

    /** Keeps the lease alive while reads arrive: asks again when half of it has passed. */
    private void renew(long now) {
        long half = context.settings.leaseNanos() / 2;
        long confirmed = confirmedAt();
        if (confirmed == LeaseRule.NEVER || now - confirmed > half) {
            requestLease();
        }
    }

    private void requestLease() {
        long now = context.nanos();
        long again = context.settings.leaseNanos() / 8;
        for (Progress progress : leader.members()) {
            boolean oldEnough = progress.leaseSentNanos == LeaseRule.NEVER || now - progress.leaseSentNanos >= again;
            boolean useless = !waiting.isEmpty()
                    && progress.leaseSentNanos < waiting.getLast().arrivedNanos();
            boolean answered = progress.grantedNanos >= progress.leaseSentNanos;
            if (oldEnough || (useless && answered)) {
                progress.leaseSentNanos = now;
                context.emit(new Effect.SendRequest(
                        progress.member.worker(),
                        new Replication.LeaseRequest(replica.partition, leader.term(), context.self, now)));
            }
        }
    }

    void granted(Progress progress, long sentNanos) {
        forgetAfterClockStep();
        if (sentNanos > context.nanos() || sentNanos < clockStepNanos) {
            return;
        }
        progress.grantedNanos = Math.max(progress.grantedNanos, sentNanos);
        serve();
    }

    private void serve() {
        long confirmed = confirmedAt();
        while (!waiting.isEmpty() && waiting.getFirst().arrivedNanos() <= confirmed) {
            Waiting read = waiting.removeFirst();
            replica.answers().read(read.origin(), outcome(read.value(), read.applied()));
        }
        if (!waiting.isEmpty()) {
            requestLease();
        }
    }

    /** Asks again for what was lost and gives up what is too late. */
    void tick() {
        if (waiting.isEmpty()) {
            return;
        }
        Collection<Waiting> late = waiting.stream()
                .filter(read -> read.deadlineNanos() <= context.nanos())
                .toList();
        waiting.removeAll(late);
        late.forEach(read -> refuse(
                read.origin(),
                Problem.NO_QUORUM,
                "the leader could not confirm with a quorum that it still leads partition " + replica.partition));
        if (!waiting.isEmpty()) {
            requestLease();
            context.wakeBy(context.nanos() + context.settings.leaseNanos() / 8);
        }
    }

    /** Since when the oldest read has waited; {@link Long#MAX_VALUE} when none does. */
    long waitingSinceNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().arrivedNanos();
    }

    void stepDown() {
        waiting.forEach(read -> replica.answers().notLeader(read.origin(), replica.term()));
        waiting.clear();
    }

    private void refuse(Origin origin, Problem problem, String detail) {
        replica.answers().read(origin, new ReadOutcome.NotServed(problem, detail));
    }
}
