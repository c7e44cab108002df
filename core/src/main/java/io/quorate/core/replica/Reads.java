package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Space;
import io.quorate.core.message.Replication;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Linearizable reads of a leader. Actions {@code RequestLease}, {@code TakeGrant} and {@code Read}.
 *
 * <p>The value is read first and the lease is checked afterwards. Without a lease, a read waits until W members have
 * granted a request that was sent after the read arrived. A record that has expired by the leader's clock but not by
 * log time is read again when log time has got there, so that no later leader finds it.
 */
final class Reads {
    /**
     * Something that was found and may be answered if nobody else led when it was found.
     *
     * @param sinceNanos a quorum must have confirmed the leader at that time or later
     * @param answer gives the answer
     * @param refuse says why it cannot be given
     */
    record Claim(Origin origin, long sinceNanos, long deadlineNanos, Runnable answer, Consumer<String> refuse) {}

    /**
     * Something that is to be looked up again when log time has got so far.
     *
     * @param index of the entry with that log time
     * @param refuse says why it cannot be done
     */
    record AtLogTime(long index, Origin origin, long deadlineNanos, Runnable again, Consumer<String> refuse) {}

    private record Waiting(Claim claim, long queuedNanos) {}

    private record Reading(Origin origin, Bytes key, long arrivedNanos, long deadlineNanos) {}

    private final Replica replica;
    private final WorkerContext context;
    private final Leader leader;
    private final Writes writes;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<AtLogTime> forTime = new ArrayDeque<>();
    private final ClockSteps steps;

    Reads(Replica replica, WorkerContext context, Leader leader, Writes writes) {
        this.replica = replica;
        this.context = context;
        this.leader = leader;
        this.writes = writes;
        this.steps = new ClockSteps(context.now());
    }

    void read(Origin origin, Bytes key, long deadlineNanos) {
        if (waiting.size() + forTime.size() + replica.loadsInFlight() >= context.settings.maxWaiting()) {
            refuse(origin, Problem.OVERLOADED, "too many reads wait in partition " + replica.partition);
            return;
        }
        renew();
        look(new Reading(origin, key, context.nanos(), deadlineNanos));
    }

    private void look(Reading reading) {
        LogPosition applied = replica.table().applied();
        long logTime = replica.table().logTimeMillis();
        switch (replica.table().lookup(Space.KEYS, reading.key())) {
            case Lookup.Found found -> valueRead(reading, Optional.of(found.record()), applied, logTime);
            case Lookup.Absent _ -> valueRead(reading, Optional.empty(), applied, logTime);
            case Lookup.NotInMemory _ ->
                replica.load(
                        Space.KEYS,
                        reading.key(),
                        value -> valueRead(reading, value, applied, logTime),
                        () -> replica.answers().notLeader(reading.origin(), replica.term()));
        }
    }

    private void valueRead(Reading reading, Optional<Record> found, LogPosition applied, long logTimeMillis) {
        if (!leader.isCurrent()) {
            replica.answers().notLeader(reading.origin(), replica.term());
            return;
        }
        Optional<Record> value = found.filter(record -> !record.expiredAt(logTimeMillis));
        Optional<Record> expiring = value.filter(
                record -> record.expiresMillis() != Record.NEVER && record.expiredAt(writes.logTimeMillis()));
        if (expiring.isEmpty()) {
            claim(reading, value, applied);
        } else if (context.rules.expiry().waitsForLogTime()) {
            atLogTime(new AtLogTime(
                    writes.reach(expiring.get().expiresMillis()),
                    reading.origin(),
                    reading.deadlineNanos(),
                    () -> look(reading),
                    detail -> refuse(reading.origin(), Problem.NO_QUORUM, detail)));
        } else {
            claim(reading, Optional.empty(), applied);
        }
    }

    private void claim(Reading reading, Optional<Record> value, LogPosition applied) {
        confirm(new Claim(
                reading.origin(),
                reading.arrivedNanos(),
                reading.deadlineNanos(),
                () -> replica.answers().read(reading.origin(), outcome(value, applied)),
                detail -> refuse(reading.origin(), Problem.NO_QUORUM, detail)));
    }

    /** Answers the claim as soon as it is certain that nobody else led. */
    void confirm(Claim claim) {
        if (confirmedAt() >= claim.sinceNanos() || leaseHolds()) {
            claim.answer().run();
        } else {
            waiting.addLast(new Waiting(claim, context.nanos()));
            requestLease();
            context.wakeBy(context.nanos() + context.settings.resendNanos());
        }
    }

    /** Looks again as soon as the entry is applied. */
    void atLogTime(AtLogTime wait) {
        forTime.addLast(wait);
        context.wakeBy(wait.deadlineNanos());
        advanced();
    }

    /** Looks again what waited for log time. */
    void advanced() {
        long applied = replica.table().applied().index();
        while (!forTime.isEmpty() && forTime.getFirst().index() <= applied) {
            forTime.removeFirst().again().run();
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

    /** Whether it would answer a read at that time without asking anybody. */
    boolean leaseHoldsAt(long nanos) {
        return context.rules.lease().holds(confirmedAt(nanos), nanos, context.settings.leaseNanos());
    }

    private long confirmedAt() {
        forgetAfterClockStep();
        return confirmedAt(context.nanos());
    }

    private long confirmedAt(long nanos) {
        Map<Member, Long> grants = new HashMap<>();
        for (Progress progress : leader.members()) {
            if (progress.grantedNanos != LeaseRule.NEVER) {
                grants.put(progress.member, progress.grantedNanos);
            }
        }
        return context.rules.lease().confirmedAt(leader.configuration(), context.self, nanos, grants);
    }

    /** A suspended machine stops the monotonic clock while leases run out elsewhere. */
    private void forgetAfterClockStep() {
        if (steps.stepped(context.now())) {
            leader.members().forEach(progress -> progress.grantedNanos = LeaseRule.NEVER);
        }
    }

    /** Keeps the lease alive while reads arrive: asks again when half of it has passed. */
    void renew() {
        long now = context.nanos();
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
                    && progress.leaseSentNanos < waiting.getLast().claim().sinceNanos();
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
        if (sentNanos > context.nanos() || sentNanos < steps.lastNanos()) {
            return;
        }
        progress.grantedNanos = Math.max(progress.grantedNanos, sentNanos);
        serve();
    }

    private void serve() {
        long confirmed = confirmedAt();
        while (!waiting.isEmpty() && waiting.getFirst().claim().sinceNanos() <= confirmed) {
            waiting.removeFirst().claim().answer().run();
        }
        if (!waiting.isEmpty()) {
            requestLease();
        }
    }

    /** Asks again for what was lost and gives up what is too late. */
    void tick() {
        if (!forTime.isEmpty()) {
            giveUpLateReadings();
        }
        if (!waiting.isEmpty()) {
            giveUpLateClaims();
        }
        if (!waiting.isEmpty()) {
            requestLease();
            context.wakeBy(context.nanos() + context.settings.leaseNanos() / 8);
        }
    }

    private void giveUpLateReadings() {
        List<AtLogTime> late = forTime.stream()
                .filter(wait -> wait.deadlineNanos() <= context.nanos())
                .toList();
        forTime.removeAll(late);
        late.forEach(wait -> wait.refuse()
                .accept("the quorum of partition " + replica.partition + " did not confirm the time of the log"));
        forTime.forEach(wait -> context.wakeBy(wait.deadlineNanos()));
    }

    private void giveUpLateClaims() {
        List<Waiting> late = waiting.stream()
                .filter(each -> each.claim().deadlineNanos() <= context.nanos())
                .toList();
        waiting.removeAll(late);
        late.forEach(each -> each.claim()
                .refuse()
                .accept("the leader could not confirm with a quorum that it still leads partition "
                        + replica.partition));
    }

    /** Since when the oldest answer has waited; {@link Long#MAX_VALUE} when none does. */
    long waitingSinceNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().queuedNanos();
    }

    void stepDown() {
        waiting.forEach(each -> replica.answers().notLeader(each.claim().origin(), replica.term()));
        waiting.clear();
        forTime.forEach(wait -> replica.answers().notLeader(wait.origin(), replica.term()));
        forTime.clear();
    }

    private void refuse(Origin origin, Problem problem, String detail) {
        replica.answers().read(origin, new ReadOutcome.NotServed(problem, detail));
    }
}
