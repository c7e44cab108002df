package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.log.Space;
import io.quorate.core.message.PartitionReport;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads of this worker's own replicas, whether they lead or not. */
final class OwnReads {
    private final WorkerContext context;
    private final Replicas replicas;
    private final Gateway gateway;

    /** What of a replica is read, and as of when. */
    private record Look(Replica replica, LogPosition applied, long logTimeMillis, OptionalLong stalenessNanos) {}

    OwnReads(WorkerContext context, Replicas replicas, Gateway gateway) {
        this.context = context;
        this.replicas = replicas;
        this.gateway = gateway;
    }

    /** Answers from the replica here, or leaves it to the leader when that may not be enough. */
    void read(long ticket, ReadRequest request, long deadlineNanos) {
        if (request.consistency() == Consistency.LINEARIZABLE) {
            gateway.take(ticket, new ClientRequest.Read(request), deadlineNanos);
            return;
        }
        Optional<Look> look = gateway.partitionOf(request.key())
                .flatMap(replicas::find)
                .filter(this::hasAState)
                .map(this::look)
                .filter(found -> isEnough(request, found));
        if (look.isPresent()) {
            read(ticket, request, deadlineNanos, look.get());
        } else {
            notHere(ticket, request, deadlineNanos);
        }
    }

    private Look look(Replica replica) {
        LogPosition applied = replica.table().applied();
        return new Look(
                replica,
                applied,
                replica.table().logTimeMillis(),
                gateway.freshness().stalenessNanos(replica.partition, applied));
    }

    private static boolean isEnough(ReadRequest request, Look look) {
        boolean seesMinimum = Positions.revision(look.applied()).compareTo(request.minRevision()) >= 0;
        return seesMinimum
                && switch (request.consistency()) {
                    case LINEARIZABLE -> false;
                    case LOCAL -> true;
                    case BOUNDED ->
                        look.stalenessNanos().isPresent()
                                && look.stalenessNanos().getAsLong()
                                        <= request.maxStalenessMillis() * Now.NANOS_PER_MILLI;
                };
    }

    private void read(long ticket, ReadRequest request, long deadlineNanos, Look look) {
        Replica replica = look.replica();
        switch (replica.table().lookup(Space.KEYS, request.key())) {
            case Lookup.Found found -> answer(ticket, request, look, Optional.of(found.record()));
            case Lookup.Absent _ -> answer(ticket, request, look, Optional.empty());
            case Lookup.NotInMemory _ -> {
                if (replica.loadsInFlight() >= context.settings.maxWaiting()) {
                    refuse(
                            ticket,
                            Problem.OVERLOADED,
                            "too many reads of partition " + replica.partition + " wait for the store");
                } else {
                    replica.load(
                            Space.KEYS,
                            request.key(),
                            record -> answer(ticket, request, look, record),
                            () -> notHere(ticket, request, deadlineNanos));
                }
            }
        }
    }

    private void notHere(long ticket, ReadRequest request, long deadlineNanos) {
        if (request.consistency() == Consistency.LOCAL && request.minRevision().equals(Revision.NONE)) {
            refuse(ticket, Problem.MISDIRECTED, "no replica here; " + replicasOf(request.key()));
        } else {
            gateway.take(ticket, new ClientRequest.Read(request), deadlineNanos);
        }
    }

    private void refuse(long ticket, Problem problem, String detail) {
        context.emit(new Effect.ReadDone(ticket, new ReadOutcome.NotServed(problem, detail)));
    }

    /**
     * A learner is still being given its state, a former member is given nothing any more, one that has not heard of the term that is served has one that nobody
     * keeps up to date, and one that applied nothing has none. While a snapshot takes the place of the state, the store
     * is ahead of what memory knows.
     */
    private boolean hasAState(Replica replica) {
        boolean current = gateway.map()
                .route(replica.partition)
                .filter(route -> route.configuration().contains(context.self))
                .filter(route -> route.establishedTerm() <= replica.term())
                .isPresent();
        return current && !replica.isInstalling() && replica.table().applied().index() > 0;
    }

    private String replicasOf(Bytes key) {
        return gateway.partitionOf(key)
                .flatMap(partition -> gateway.map().route(partition))
                .map(route -> route.configuration().members().stream()
                        .map(Member::worker)
                        .map(worker -> {
                            var address = gateway.map().workers().get(worker);
                            return address == null ? worker : worker + " at " + address.http();
                        })
                        .collect(Collectors.joining(", ", "the replicas are ", "")))
                .orElse("the map is not known yet");
    }

    /** The answer is as of the position at which the value was looked up, however long the store took. */
    private void answer(long ticket, ReadRequest request, Look look, Optional<Record> found) {
        OptionalLong staleness = look.stalenessNanos().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.ceilDiv(look.stalenessNanos().getAsLong(), Now.NANOS_PER_MILLI));
        var served = new ReadOutcome.Served(
                context.self.worker(),
                roleName(look.replica()),
                request.consistency(),
                Positions.revision(look.applied()),
                staleness);
        context.emit(new Effect.ReadDone(
                ticket,
                found.filter(record -> !record.expiredAt(look.logTimeMillis()))
                        .<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
                        .orElseGet(() -> new ReadOutcome.Missing(served))));
    }

    private String roleName(Replica replica) {
        boolean learner = gateway.map()
                .route(replica.partition)
                .map(PartitionRoute::learners)
                .filter(learners -> learners.contains(context.self))
                .isPresent();
        boolean follows = replica.role() == PartitionReport.Role.FOLLOWER;
        return learner && follows ? "learner" : replica.role().name().toLowerCase(Locale.ROOT);
    }
}
