package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** MULTI and what belongs to it, on one connection. */
final class Transactions {
    /** What EXEC comes to. */
    sealed interface Exec {
        /** It is answered at once. */
        record Known(Reply reply) implements Exec {}

        /** There is something to do in a partition. */
        record Ready(int partition, Pipeline.Work work) implements Exec {}
    }

    private final Cluster cluster;
    private final Session session;

    Transactions(Cluster cluster, Session session) {
        this.cluster = cluster;
        this.session = session;
    }

    Reply begin() {
        if (session.transaction().isPresent()) {
            return Errors.failure("ERR MULTI calls can not be nested");
        }
        session.begin();
        return Reply.OK;
    }

    Reply discard() {
        if (session.transaction().isEmpty()) {
            return Errors.failure("ERR DISCARD without MULTI");
        }
        session.end();
        return Reply.OK;
    }

    /** Amid a transaction it changes nothing: what is watched ends with it anyway. */
    Reply unwatch() {
        Optional<Session.Transaction> transaction = session.transaction();
        if (transaction.isPresent()) {
            return transaction.get().add(Prepared.known(Reply.OK), 0) ? Reply.QUEUED : full(transaction.get());
        }
        session.end();
        return Reply.OK;
    }

    /** Keeps a command for EXEC. */
    Reply queue(Session.Transaction transaction, CommandSpec spec, Prepared prepared, int bytes) {
        return switch (prepared) {
            case Prepared.Immediate _, Prepared.OverKeys _ ->
                transaction.add(prepared, bytes) ? Reply.QUEUED : full(transaction);
            case Prepared.Watch _ -> Errors.failure("ERR WATCH inside MULTI is not allowed");
            case Prepared.Alone _, Prepared.Control _ -> {
                transaction.abort();
                yield Errors.failure("ERR " + spec.name() + " is not possible in a transaction here: it is not about"
                        + " keys of one partition");
            }
        };
    }

    private static Reply full(Session.Transaction transaction) {
        transaction.abort();
        return Errors.failure("ERR a transaction has at most " + RedisLimits.MAX_QUEUED + " commands and "
                + RedisLimits.MAX_QUEUED_BYTES + " bytes");
    }

    Exec exec() {
        Optional<Session.Transaction> transaction = session.transaction();
        if (transaction.isEmpty()) {
            return new Exec.Known(Errors.failure("ERR EXEC without MULTI"));
        }
        Session.Watched watched = session.end();
        if (transaction.get().isAborted()) {
            return new Exec.Known(Errors.failure(Errors.ABORTED));
        }
        return exec(transaction.get().commands(), watched);
    }

    private Exec exec(List<Prepared> commands, Session.Watched watched) {
        List<Operation> operations = new ArrayList<>();
        for (Prepared each : commands) {
            if (each instanceof Prepared.OverKeys(Operation operation)) {
                operations.add(operation);
            }
        }
        if (operations.isEmpty() && watched.partition().isEmpty()) {
            return new Exec.Known(together(commands, List.of()));
        }
        Optional<Partitioning> partitioning = cluster.partitioning();
        if (partitioning.isEmpty()) {
            return new Exec.Known(Errors.of(Problem.NOT_READY, "this worker does not know the cluster's map yet"));
        }
        Set<Integer> partitions = new TreeSet<>();
        watched.partition().ifPresent(partitions::add);
        operations.stream()
                .flatMap(each -> each.keys().stream())
                .forEach(key -> partitions.add(partitioning.get().of(key)));
        if (partitions.size() > 1) {
            return new Exec.Known(Errors.failure(Errors.CROSS_SLOT));
        }
        int partition = partitions.iterator().next();
        return new Exec.Ready(partition, whenDone -> {
            if (watched.hasFailed()) {
                whenDone.accept(Errors.failure(Errors.ABORTED));
                return;
            }
            Map<Bytes, Revision> revisions = watched.revisions();
            if (operations.isEmpty() && revisions.isEmpty()) {
                whenDone.accept(together(commands, List.of()));
                return;
            }
            new Execution(
                            cluster,
                            partition,
                            new Execution.Order(operations, revisions, new ReadBudget(), session.ledger()),
                            result -> whenDone.accept(reply(commands, result)))
                    .start();
        });
    }

    private static Reply reply(List<Prepared> commands, Execution.Result result) {
        return switch (result) {
            case Execution.Result.Done(List<Reply> replies) -> together(commands, replies);
            case Execution.Result.WatchedKeyChanged _ -> new Reply.NoneOfThem();
            case Execution.Result.Failed(Reply.Failure why) -> why;
        };
    }

    private static Reply together(List<Prepared> commands, List<Reply> ofOperations) {
        Iterator<Reply> next = ofOperations.iterator();
        List<Reply> replies = new ArrayList<>();
        for (Prepared each : commands) {
            switch (each) {
                case Prepared.Immediate(var reply) -> replies.add(reply.get());
                case Prepared.OverKeys _ -> replies.add(next.next());
                case Prepared.Alone _, Prepared.Watch _, Prepared.Control _ ->
                    throw new IllegalStateException("not in a transaction");
            }
        }
        return new Reply.Many(replies);
    }
}
