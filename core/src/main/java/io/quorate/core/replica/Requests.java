package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.log.Space;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.PartitionReport;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Brings clients' requests to the leaders on this worker and the answers back to where they belong. */
final class Requests implements Answers {
    private final WorkerContext context;
    private final Replicas replicas;
    private final Gateway gateway;

    Requests(WorkerContext context, Replicas replicas, Gateway gateway) {
        this.context = context;
        this.replicas = replicas;
        this.gateway = gateway;
    }

    /** Another worker took the request and believes that the leader is here. */
    void forwarded(String from, ForwardedRequest request) {
        context.noteRequest();
        Origin origin = new Origin.Remote(from, request.ticket());
        Optional<Replica> replica = replicas.find(request.partition());
        Optional<Leader> leader = replica.flatMap(Replica::leader);
        if (leader.isEmpty()) {
            notLeader(origin, replica.map(Replica::term).orElse(0L));
            return;
        }
        long deadline = context.nanos() + request.remainingMillis() * Now.NANOS_PER_MILLI;
        switch (request) {
            case ForwardedRequest.Write write ->
                leader.get().take(origin, new ClientRequest.Write(write.request()), deadline);
            case ForwardedRequest.Read read -> leader.get().take(origin, new ClientRequest.Read(read.key()), deadline);
            case ForwardedRequest.Scan scan ->
                leader.get().take(origin, new ClientRequest.Scan(scan.request()), deadline);
            case ForwardedRequest.Watch watch ->
                leader.get().take(origin, new ClientRequest.Watch(watch.request()), deadline);
        }
    }

    @Override
    public void written(Origin origin, Outcome outcome) {
        switch (origin) {
            case Origin.Local(long ticket) -> gateway.written(ticket, outcome);
            case Origin.Remote(String worker, long ticket) ->
                context.emit(new Effect.SendForwardReply(worker, new ForwardedReply.Written(ticket, outcome)));
        }
    }

    @Override
    public void read(Origin origin, ReadOutcome outcome) {
        answer(
                origin,
                ticket -> new Effect.ReadDone(ticket, outcome),
                ticket -> new ForwardedReply.Answered(ticket, outcome));
    }

    @Override
    public void scanned(Origin origin, ScanOutcome outcome) {
        answer(
                origin,
                ticket -> new Effect.ScanDone(ticket, outcome),
                ticket -> new ForwardedReply.Scanned(ticket, outcome));
    }

    @Override
    public void watched(Origin origin, WatchOutcome outcome) {
        answer(
                origin,
                ticket -> new Effect.WatchDone(ticket, outcome),
                ticket -> new ForwardedReply.Watched(ticket, outcome));
    }

    /** Answers what is no write: here, or through the worker that took it. */
    private void answer(Origin origin, LongFunction<Effect> here, LongFunction<ForwardedReply> there) {
        switch (origin) {
            case Origin.Local(long ticket) -> gateway.done(ticket, here.apply(ticket));
            case Origin.Remote(String worker, long ticket) ->
                context.emit(new Effect.SendForwardReply(worker, there.apply(ticket)));
        }
    }

    @Override
    public void notLeader(Origin origin, long term) {
        switch (origin) {
            case Origin.Local(long ticket) -> gateway.bounced(ticket);
            case Origin.Remote(String worker, long ticket) ->
                context.emit(new Effect.SendForwardReply(worker, new ForwardedReply.NotLeader(ticket, term)));
        }
    }

    /** Reads this worker's replica as it is. */
    void readLocal(long ticket, Bytes key) {
        Optional<Replica> replica = gateway.partitionOf(key).flatMap(replicas::find);
        if (replica.filter(this::hasAState).isEmpty()) {
            noReplica(ticket, key);
            return;
        }
        Replica held = replica.orElseThrow();
        LogPosition applied = held.table().applied();
        long logTime = held.table().logTimeMillis();
        switch (held.table().lookup(Space.KEYS, key)) {
            case Lookup.Found found -> answerLocal(ticket, held, applied, live(found.record(), logTime));
            case Lookup.Absent _ -> answerLocal(ticket, held, applied, Optional.empty());
            case Lookup.NotInMemory _ ->
                held.load(
                        Space.KEYS,
                        key,
                        record -> answerLocal(ticket, held, applied, record.flatMap(found -> live(found, logTime))),
                        () -> noReplica(ticket, key));
        }
    }

    private static Optional<Record> live(Record record, long logTimeMillis) {
        return record.expiredAt(logTimeMillis) ? Optional.empty() : Optional.of(record);
    }

    private void noReplica(long ticket, Bytes key) {
        context.emit(new Effect.ReadDone(
                ticket, new ReadOutcome.NotServed(Problem.MISDIRECTED, "no replica here; " + replicasOf(key))));
    }

    /**
     * A learner is still being given its state, one that has not heard of the term that is served has one that nobody
     * keeps up to date, and one that applied nothing has none. While a snapshot takes the place of the state, the store
     * is ahead of what memory knows.
     */
    private boolean hasAState(Replica replica) {
        boolean current = gateway.map()
                .route(replica.partition)
                .filter(route -> !route.learners().contains(context.self))
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
    private void answerLocal(long ticket, Replica replica, LogPosition applied, Optional<Record> value) {
        var served = new ReadOutcome.Served(
                context.self.worker(), roleName(replica), Consistency.LOCAL, Positions.revision(applied));
        context.emit(new Effect.ReadDone(
                ticket,
                value.<ReadOutcome>map(record -> new ReadOutcome.Found(record, served))
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
