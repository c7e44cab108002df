package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.LinearizabilityChecker;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import io.quorate.simulation.history.Verdict;
import io.quorate.simulation.history.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The history of the clients' calls, as they saw it: nothing that only the cluster knows is in it. */
final class CallRecorder {
    private static final LinearizabilityChecker CHECKER = new LinearizabilityChecker(200_000);

    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> unsayable = new HashSet<>();

    /** Of a write of several commands, each is a call of its own that was under way at the same time. */
    void written(Asked asked, Outcome outcome, long nowNanos) {
        for (int item = 0; item < asked.commands().size(); item++) {
            add(asked, item, result(asked, outcome, item), nowNanos);
        }
    }

    private static Result result(Asked asked, Outcome outcome, int item) {
        return switch (outcome) {
            case Outcome.Applied done
            when asked.commands().get(item) instanceof Command.Get -> {
                Optional<Record> found = Answers.items(asked, done).get(item).found();
                yield new Result.ReadValue(found.map(record -> text(record.value())), found.map(Record::revision));
            }
            case Outcome.Applied done ->
                new Result.Applied(
                        Optional.of(done.revision()),
                        Optional.of(Answers.items(asked, done).get(item).existed()),
                        asked.isAtomic()
                                ? Optional.empty()
                                : done.result().map(text -> Long.parseLong(text.toString())));
            case Outcome.ConditionFailed failed
            when failed.item() == item -> new Result.ConditionFailed(version(failed.current()));
            case Outcome.ConditionFailed _, Outcome.NotApplied _ -> new Result.NotApplied();
            case Outcome.Unknown _ -> new Result.Unknown();
        };
    }

    void read(Asked asked, ReadOutcome outcome, long nowNanos) {
        if (!asked.isLinearizableRead()) {
            return;
        }
        switch (outcome) {
            case ReadOutcome.Found found ->
                add(
                        asked,
                        0,
                        asked.key(),
                        new Call.Read(),
                        new Result.ReadValue(
                                Optional.of(text(found.record().value())),
                                Optional.of(found.record().revision())),
                        nowNanos);
            case ReadOutcome.Missing _ ->
                add(
                        asked,
                        0,
                        asked.key(),
                        new Call.Read(),
                        new Result.ReadValue(Optional.empty(), Optional.empty()),
                        nowNanos);
            case ReadOutcome.NotServed _ -> {}
        }
    }

    void unanswered(Asked asked) {
        for (int item = 0; item < asked.commands().size(); item++) {
            add(asked, item, new Result.Unknown(), Operation.NEVER);
        }
    }

    /** What was not told is no read. */
    private void add(Asked asked, int item, Result result, long endNanos) {
        Command command = asked.commands().get(item);
        if (command instanceof Command.Get && !(result instanceof Result.ReadValue)) {
            return;
        }
        add(asked, item, command.key(), call(command), result, endNanos);
    }

    private void add(Asked asked, int item, Bytes key, Call call, Result result, long endNanos) {
        if (!unsayable.contains(key.toString())) {
            operations.add(new Operation(
                    asked.ticket() * WriteRequest.MAX_COMMANDS + item,
                    asked.worker().id,
                    key.toString(),
                    call,
                    asked.startNanos(),
                    endNanos,
                    result));
        }
    }

    /** Keys with conditions or lifetimes that a history cannot say are left to the check against the log. */
    private Call call(Command command) {
        return switch (command) {
            case Command.Put put
            when put.lifetime().equals(Lifetime.FOREVER) ->
                switch (put.condition()) {
                    case Condition.Always _ -> new Call.Put(text(put.value()));
                    case Condition.Absent _ -> new Call.PutIf(new Version.Absent(), text(put.value()));
                    case Condition.AnyOf(List<Revision> revisions) ->
                        new Call.PutIf(new Version.At(revisions.getFirst()), text(put.value()));
                    case Condition.Exists _, Condition.NoneOf _ -> unsayable(command);
                };
            case Command.Delete delete ->
                switch (delete.condition()) {
                    case Condition.Always _ -> new Call.Delete();
                    case Condition.Absent _ -> new Call.DeleteIf(new Version.Absent());
                    case Condition.AnyOf(List<Revision> revisions) ->
                        new Call.DeleteIf(new Version.At(revisions.getFirst()));
                    case Condition.Exists _, Condition.NoneOf _ -> unsayable(command);
                };
            case Command.Add add -> new Call.Add(add.amount());
            case Command.Get _ -> new Call.Read();
            case Command.Put _, Command.Retime _, Command.Replicate _, Command.OpenSession _ -> unsayable(command);
        };
    }

    private Call unsayable(Command command) {
        unsayable.add(command.key().toString());
        return new Call.Read();
    }

    private static Version version(Revision revision) {
        return revision.equals(Revision.NONE) ? new Version.Absent() : new Version.At(revision);
    }

    private static String text(Value value) {
        return value.bytes().toString();
    }

    void check() {
        History history = new History(operations.stream()
                .filter(operation -> !unsayable.contains(operation.key()))
                .toList());
        if (CHECKER.check(history) instanceof Verdict.NotLinearizable not) {
            throw new Violation(Promise.LINEARIZABLE, String.join("; ", not.explanation()));
        }
    }
}
