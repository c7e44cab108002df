package io.quorate.core.replica;

import io.quorate.core.message.Replication;
import java.util.Optional;

/**
 * Hands the messages of replication to the replicas they are about; one that is not held takes nothing.
 *
 * <p>Until this start of the worker is registered its disk may be an old copy, which knows neither the terms that it was
 * fenced with nor what it acknowledged: until then it answers no leader.
 */
final class ReplicationDesk {
    private final WorkerContext context;
    private final Replicas replicas;
    private boolean registered;

    ReplicationDesk(WorkerContext context, Replicas replicas) {
        this.context = context;
        this.replicas = replicas;
    }

    void registered() {
        registered = true;
    }

    void request(String from, Replication.Request request) {
        if (!registered) {
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
