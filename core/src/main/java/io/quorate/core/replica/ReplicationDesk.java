package io.quorate.core.replica;

import io.quorate.core.message.Replication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands the messages of replication to the replicas they are about; one that is not held takes nothing.
 *
 * <p>Until this start of the worker is registered its disk may be an old copy, which knows neither the terms that it was
 * fenced with nor what it acknowledged: until then it answers no leader. Of what a leader sent before, the last word on
 * each partition is kept, without its entries, and answered then: the leader need not find out by itself.
 */
final class ReplicationDesk {
    private final WorkerContext context;
    private final Replicas replicas;
    private final Map<Sender, Replication.Append> kept = new LinkedHashMap<>();
    private boolean registered;

    private record Sender(String worker, int partition) {}

    ReplicationDesk(WorkerContext context, Replicas replicas) {
        this.context = context;
        this.replicas = replicas;
    }

    void registered() {
        registered = true;
        List<Map.Entry<Sender, Replication.Append>> waiting = List.copyOf(kept.entrySet());
        kept.clear();
        waiting.forEach(each -> request(each.getKey().worker(), each.getValue()));
    }

    private void keep(String from, Replication.Request request) {
        if (request instanceof Replication.Append append
                && replicas.find(append.partition()).isPresent()) {
            kept.put(
                    new Sender(from, append.partition()),
                    new Replication.Append(
                            append.partition(),
                            append.term(),
                            append.leader(),
                            append.previous(),
                            append.commitIndex(),
                            List.of()));
        }
    }

    void request(String from, Replication.Request request) {
        if (!registered) {
            keep(from, request);
            return;
        }
        Optional<Replica> held = replicas.find(request.partition());
        if (held.isEmpty()) {
            context.emit(new Effect.SendReply(
                    from, new Replication.NoReplica(request.partition(), request.term(), context.self)));
            return;
        }
        Replica replica = held.get();
        switch (request) {
            case Replication.Append append -> {
                if (replica.admits(from, append)) {
                    replica.follower().append(append);
                }
            }
            case Replication.Trace trace -> {
                if (replica.admits(from, trace)) {
                    replica.follower().traces().ask(trace);
                }
            }
            case Replication.LeaseRequest lease -> {
                if (replica.admits(from, lease)) {
                    replica.follower().grant(lease);
                }
            }
            case Replication.SnapshotChunk chunk -> {
                if (replica.admits(from, chunk)) {
                    replica.receiver().chunk(chunk);
                }
            }
            case Replication.ChecksumWanted wanted ->
                leading(replica, wanted).ifPresent(leader -> {
                    replica.comparison().askedBy(from, wanted.comparison());
                    leader.checksum(wanted.comparison());
                });
            case Replication.RepairWanted wanted -> leading(replica, wanted).ifPresent(leader -> leader.repair(from));
        }
    }

    private static Optional<Leader> leading(Replica replica, Replication.Request request) {
        return replica.leader().filter(leader -> leader.term() == request.term() && leader.isEstablished());
    }

    void reply(Replication.Reply reply) {
        Optional<Replica> replica = replicas.find(reply.partition());
        if (reply instanceof Replication.ChecksumIs digest) {
            replica.ifPresent(held -> held.comparison().leaderAnswered(digest));
        } else {
            replica.flatMap(Replica::leader).ifPresent(leader -> leader.answer(reply));
        }
    }
}
