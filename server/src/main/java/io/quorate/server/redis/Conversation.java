package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a client says on one connection, command by command, without the socket. Used on the event loop alone. */
final class Conversation {
    private static final Reply.Failure NOT_READY =
            Errors.of(Problem.NOT_READY, "this worker does not know the cluster's map yet; try again");

    /** Browsers that were led here by a page begin so. */
    private static final Set<String> OF_HTTP = Set.of("POST", "HOST:");

    private final Cluster cluster;
    private final Session session;
    private final Pipeline pipeline;
    private final CommandMeter meter;
    private final Transactions transactions;
    private boolean ended;

    Conversation(Cluster cluster, Session session, Pipeline pipeline, CommandMeter meter) {
        this.cluster = cluster;
        this.session = session;
        this.pipeline = pipeline;
        this.meter = meter;
        this.transactions = new Transactions(cluster, session);
    }

    /** Whether the client wants no more than the answers that it is owed. */
    boolean isEnded() {
        return ended;
    }

    /** Takes a command in. */
    void take(List<Bytes> words, int bytes) {
        Arguments arguments = new Arguments(words);
        String name = arguments.word(0);
        if (OF_HTTP.contains(name)) {
            ended = true;
            return;
        }
        session.registry().countCommand();
        Optional<CommandSpec> spec = CommandTable.find(name);
        session.sent(spec.map(CommandSpec::name).orElse("NULL").toLowerCase(Locale.ROOT));
        Family family = spec.map(CommandSpec::family).orElse(Family.OTHER);
        try {
            if (spec.isEmpty()) {
                throw new RefusedException(UnsupportedCommands.told(arguments));
            }
            if (!spec.get().takes(arguments.count())) {
                throw Errors.arity(arguments.name());
            }
            checkKeys(spec.get().keys(arguments));
            take(family, bytes, spec.get(), arguments);
        } catch (RefusedException refused) {
            session.transaction().ifPresent(Session.Transaction::abort);
            answer(family, System.nanoTime(), refused.reply());
        }
    }

    private static void checkKeys(List<Bytes> keys) throws RefusedException {
        for (Bytes key : keys) {
            if (key.isEmpty()) {
                throw new RefusedException("ERR a key has at least one byte here");
            }
            if (key.length() > Limits.MAX_KEY_BYTES) {
                throw new RefusedException("ERR the key is longer than " + Limits.MAX_KEY_BYTES + " bytes");
            }
        }
    }

    private void take(Family family, int bytes, CommandSpec spec, Arguments arguments) throws RefusedException {
        long begun = System.nanoTime();
        Optional<Session.Transaction> transaction = session.transaction();
        Prepared prepared;
        try {
            prepared = spec.preparation().of(arguments, session);
        } catch (RefusedException refused) {
            if (transaction.isEmpty()) {
                throw refused;
            }
            // As Redis does: what is wrong with arguments shows when the transaction is executed.
            prepared = Prepared.known(refused.reply());
        }
        if (transaction.isPresent() && !(prepared instanceof Prepared.Control)) {
            answer(family, begun, transactions.queue(transaction.get(), spec, prepared, bytes));
            return;
        }
        switch (prepared) {
            case Prepared.Immediate(var reply) -> answer(family, begun, reply.get());
            case Prepared.OverKeys(Operation operation) -> overKeys(family, begun, bytes, operation);
            case Prepared.Alone(Prepared.Task task) -> {
                if (cluster.partitioning().isEmpty()) {
                    answer(family, begun, NOT_READY);
                } else {
                    pipeline.addAlone(
                            session.protocol(),
                            bytes,
                            whenDone -> task.run(cluster, session.ledger(), metered(family, begun, whenDone)));
                }
            }
            case Prepared.Watch(List<Bytes> keys) -> watch(family, begun, bytes, keys);
            case Prepared.Control(Prepared.Verb verb) -> control(verb, family, begun, bytes);
        }
    }

    private void answer(Family family, long begunNanos, Reply reply) {
        metered(family, begunNanos, known -> pipeline.answer(known, session.protocol()))
                .accept(reply);
    }

    private Consumer<Reply> metered(Family family, long begunNanos, Consumer<Reply> whenDone) {
        return reply -> {
            meter.answered(family.label(), outcome(reply), System.nanoTime() - begunNanos);
            whenDone.accept(reply);
        };
    }

    /** The words of errors are few, and none comes from a client. */
    private static String outcome(Reply reply) {
        return reply instanceof Reply.Failure(String text)
                ? text.substring(0, text.indexOf(' ')).toLowerCase(Locale.ROOT)
                : "ok";
    }

    private void overKeys(Family family, long begun, int bytes, Operation operation) throws RefusedException {
        Optional<Partitioning> partitioning = cluster.partitioning();
        if (partitioning.isEmpty()) {
            answer(family, begun, NOT_READY);
            return;
        }
        Set<Integer> partitions = partitions(partitioning.get(), operation.keys());
        boolean mayBeSplit =
                operation.split().isPresent() && !session.settings().strictMultikey();
        if (partitions.size() > 1 && !mayBeSplit) {
            throw new RefusedException(Errors.CROSS_SLOT);
        }
        pipeline.add(
                partitions,
                session.protocol(),
                bytes,
                whenDone -> KeyWork.run(
                        cluster, partitioning.get(), operation, session.ledger(), metered(family, begun, whenDone)));
    }

    private static Set<Integer> partitions(Partitioning partitioning, List<Bytes> keys) {
        if (keys.size() == 1) {
            return Set.of(partitioning.of(keys.getFirst()));
        }
        Set<Integer> partitions = new TreeSet<>();
        keys.forEach(key -> partitions.add(partitioning.of(key)));
        return partitions;
    }

    private void watch(Family family, long begun, int bytes, List<Bytes> keys) throws RefusedException {
        Optional<Partitioning> partitioning = cluster.partitioning();
        if (partitioning.isEmpty()) {
            answer(family, begun, NOT_READY);
            return;
        }
        Session.Watched watched = session.watched();
        Set<Integer> partitions = new TreeSet<>(partitions(partitioning.get(), keys));
        watched.partition().ifPresent(partitions::add);
        if (partitions.size() > 1) {
            throw new RefusedException(Errors.CROSS_SLOT);
        }
        if (watched.revisions().size() + keys.size() > RedisLimits.MAX_WATCHED) {
            throw new RefusedException("ERR a connection watches at most " + RedisLimits.MAX_WATCHED + " keys");
        }
        watched.in(partitions.iterator().next());
        pipeline.add(
                partitions,
                session.protocol(),
                bytes,
                whenDone -> new KeyReads(
                                cluster,
                                keys.stream().distinct().toList(),
                                new ReadBudget(),
                                result -> metered(family, begun, whenDone).accept(watching(watched, result)))
                        .start());
    }

    private static Reply watching(Session.Watched watched, KeyReads.Result result) {
        return switch (result) {
            case KeyReads.Result.Failed(Reply.Failure why) -> {
                watched.fail();
                yield why;
            }
            case KeyReads.Result.Seen(var records, boolean _) -> {
                records.forEach((key, record) -> watched.revisions()
                        .putIfAbsent(key, record.map(Record::revision).orElse(Revision.NONE)));
                yield Reply.OK;
            }
        };
    }

    private void control(Prepared.Verb verb, Family family, long begun, int bytes) {
        switch (verb) {
            case MULTI -> answer(family, begun, transactions.begin());
            case DISCARD -> answer(family, begun, transactions.discard());
            case UNWATCH -> answer(family, begun, transactions.unwatch());
            case EXEC -> exec(family, begun, bytes);
            case RESET -> {
                session.reset();
                answer(family, begun, new Reply.Simple("RESET"));
            }
            case QUIT -> {
                answer(family, begun, Reply.OK);
                ended = true;
            }
        }
    }

    private void exec(Family family, long begun, int bytes) {
        switch (transactions.exec()) {
            case Transactions.Exec.Known(Reply reply) -> answer(family, begun, reply);
            case Transactions.Exec.Ready(int partition, Pipeline.Work work) ->
                pipeline.add(
                        Set.of(partition),
                        session.protocol(),
                        bytes,
                        whenDone -> work.begin(metered(family, begun, whenDone)));
        }
    }
}
