package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.quorate.core.wire.ItemResultsV1;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Does operations on keys of one partition as one: all of them in one entry of the log, or none.
 *
 * <p>What the leader can do by itself is handed to it. The rest is read, evaluated here, and written if no key has
 * changed since; after {@link #MAX_ATTEMPTS} attempts it is given up.
 */
final class Execution {
    static final int MAX_ATTEMPTS = 24;

    private static final int ATTEMPTS_AT_ONCE = 2;
    private static final int MAX_PAUSE_MILLIS = 32;

    /** What it came to. */
    sealed interface Result {
        /** It was done; the answer of each operation. */
        record Done(List<Reply> replies) implements Result {}

        /** A watched key has changed; nothing was done. */
        record WatchedKeyChanged() implements Result {}

        /** It was not done, or nobody knows. */
        record Failed(Reply.Failure why) implements Result {}
    }

    /** What it is to do, and for whom. */
    record Order(List<Operation> operations, Map<Bytes, Revision> watched, ReadBudget budget, AckLedger ledger) {
        /** One operation, by itself. */
        static Order of(Operation operation, ReadBudget budget, AckLedger ledger) {
            return new Order(List.of(operation), Map.of(), budget, ledger);
        }
    }

    private final Cluster cluster;
    private final int partition;
    private final Order order;
    private final Consumer<Result> whenDone;
    private int attempts;
    private long readBytes;

    Execution(Cluster cluster, int partition, Order order, Consumer<Result> whenDone) {
        this.cluster = cluster;
        this.partition = partition;
        this.order = order;
        this.whenDone = whenDone;
    }

    void start() {
        Optional<WriteRequest> direct = direct();
        if (direct.isPresent()) {
            cluster.write(direct.get(), outcome -> directlyDone(direct.get(), outcome));
        } else {
            read();
        }
    }

    /** Conditions of one operation must not undo the others, so only a lone one has them. */
    private Optional<WriteRequest> direct() {
        List<Operation> operations = order.operations();
        List<Command> commands = new ArrayList<>();
        for (Operation each : operations) {
            Optional<Operation.Direct> direct = each.direct()
                    .filter(form -> form.whenRefused().isEmpty()
                            || (operations.size() == 1 && order.watched().isEmpty()));
            if (direct.isEmpty()) {
                return Optional.empty();
            }
            commands.addAll(direct.get().commands());
        }
        List<Command> all = new ArrayList<>();
        order.watched().forEach((key, revision) -> all.add(new Command.Get(key, condition(revision))));
        all.addAll(commands);
        return all.isEmpty() || all.size() > WriteRequest.MAX_COMMANDS
                ? Optional.empty()
                : Optional.of(new WriteRequest(all, Optional.empty()));
    }

    private static Condition condition(Revision revision) {
        return revision.equals(Revision.NONE) ? new Condition.Absent() : new Condition.AnyOf(List.of(revision));
    }

    private void directlyDone(WriteRequest request, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied applied -> {
                order.ledger().applied(partition, request.key(), applied);
                done(request, applied);
            }
            case Outcome.ConditionFailed(Revision _, int item) -> refused(item);
            case Outcome.NotApplied(Problem problem, String detail) -> {
                if (problem == Problem.NOT_AN_INTEGER || problem == Problem.VALUE_TOO_LARGE) {
                    read();
                } else {
                    failed(Errors.of(problem, detail));
                }
            }
            case Outcome.Unknown unknown -> failed(Errors.of(unknown));
        }
    }

    private void refused(int item) {
        if (item < order.watched().size()) {
            whenDone.accept(new Result.WatchedKeyChanged());
            return;
        }
        order.operations()
                .getFirst()
                .direct()
                .flatMap(Operation.Direct::whenRefused)
                .ifPresentOrElse(reply -> whenDone.accept(new Result.Done(List.of(reply))), this::read);
    }

    private void done(WriteRequest request, Outcome.Applied applied) {
        List<ItemResult> results = ItemResultsV1.of(request, applied);
        int from = order.watched().size();
        List<Reply> replies = new ArrayList<>();
        for (Operation each : order.operations()) {
            Operation.Direct direct = each.direct().orElseThrow();
            int to = from + direct.commands().size();
            replies.add(direct.answer().of(results.subList(from, to)));
            from = to;
        }
        whenDone.accept(new Result.Done(replies));
    }

    private void read() {
        attempts++;
        Set<Bytes> keys = new LinkedHashSet<>(order.watched().keySet());
        order.operations().forEach(each -> keys.addAll(each.keys()));
        if (keys.size() > WriteRequest.MAX_COMMANDS) {
            failed(Errors.failure("ERR a transaction is about at most " + WriteRequest.MAX_COMMANDS + " keys"));
            return;
        }
        new KeyReads(cluster, List.copyOf(keys), order.budget(), this::evaluate).start();
    }

    private void evaluate(KeyReads.Result result) {
        switch (result) {
            case KeyReads.Result.Failed(Reply.Failure why) -> failed(why);
            case KeyReads.Result.Seen(var records, boolean atOneMoment) -> {
                readBytes = records.values().stream()
                        .flatMap(Optional::stream)
                        .mapToLong(Record::bytes)
                        .sum();
                Draft draft = new Draft(records, cluster.nowMillis());
                if (order.watched().entrySet().stream()
                        .anyMatch(each -> !draft.revision(each.getKey()).equals(each.getValue()))) {
                    whenDone.accept(new Result.WatchedKeyChanged());
                    return;
                }
                List<Reply> replies = order.operations().stream()
                        .map(each -> each.evaluation().on(draft))
                        .toList();
                if (draft.isChanged() || !atOneMoment) {
                    write(draft, replies);
                } else {
                    whenDone.accept(new Result.Done(replies));
                }
            }
        }
    }

    private void write(Draft draft, List<Reply> replies) {
        WriteRequest request = new WriteRequest(draft.commands(), Optional.empty());
        cluster.write(request, outcome -> {
            switch (outcome) {
                case Outcome.Applied applied -> {
                    order.ledger().applied(partition, request.key(), applied);
                    whenDone.accept(new Result.Done(replies));
                }
                case Outcome.ConditionFailed _ -> again();
                case Outcome.NotApplied(Problem problem, String detail) -> failed(Errors.of(problem, detail));
                case Outcome.Unknown unknown -> failed(Errors.of(unknown));
            }
        });
    }

    private void again() {
        order.budget().giveBack(readBytes);
        if (attempts >= MAX_ATTEMPTS) {
            failed(Errors.failure(Errors.CONTENDED));
        } else if (attempts < ATTEMPTS_AT_ONCE) {
            read();
        } else {
            int longest = Math.min(MAX_PAUSE_MILLIS, 1 << Math.min(attempts, 5));
            cluster.after(1 + ThreadLocalRandom.current().nextInt(longest), this::read);
        }
    }

    private void failed(Reply.Failure why) {
        whenDone.accept(new Result.Failed(why));
    }
}
