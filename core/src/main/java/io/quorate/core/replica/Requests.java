package io.quorate.core.replica;

import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.ForwardedReply;
import io.quorate.core.message.ForwardedRequest;
import java.util.Optional;
import java.util.function.LongFunction;

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
            case ForwardedRequest.Read read ->
                leader.get().take(origin, new ClientRequest.Read(ReadRequest.linearizable(read.key())), deadline);
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
        switch (origin) {
            case Origin.Local(long ticket) -> gateway.read(ticket, outcome);
            case Origin.Remote(String worker, long ticket) ->
                context.emit(new Effect.SendForwardReply(worker, new ForwardedReply.Answered(ticket, outcome)));
        }
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

    /** Answers what is neither a write nor a read: here, or through the worker that took it. */
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
}
