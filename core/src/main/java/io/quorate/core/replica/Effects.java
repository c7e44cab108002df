package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.core.log.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the commands of a write come to together: each finds what those before it leave, and all are done or none. */
sealed interface Effects {
    /**
     * They are done.
     *
     * @param changes one for each key that is changed
     * @param items what each command came to
     */
    record Done(List<Change> changes, List<ItemResult> items) implements Effects {}

    /** One of them is not to be done, and so none is. */
    record Refused(Outcome outcome) implements Effects {}

    /** @param there what is there of a key; nothing that has expired */
    static Effects of(List<Command> commands, Evaluation evaluation, Function<Bytes, Optional<Record>> there) {
        Map<Bytes, Optional<Record>> after = new LinkedHashMap<>();
        List<ItemResult> items = new ArrayList<>();
        for (Command command : commands) {
            Bytes key = command.key();
            Optional<Record> current = after.containsKey(key) ? after.get(key) : there.apply(key);
            switch (evaluation.of(command, current)) {
                case Evaluation.Verdict.Store(Record record, Optional<Bytes> result) -> {
                    after.put(key, Optional.of(record));
                    items.add(new ItemResult(current.isPresent(), result));
                }
                case Evaluation.Verdict.Remove _ -> {
                    after.put(key, Optional.empty());
                    items.add(new ItemResult(current.isPresent(), Optional.empty()));
                }
                case Evaluation.Verdict.Tell _ -> items.add(ItemResult.of(current));
                case Evaluation.Verdict.Refuse(Outcome outcome) -> {
                    return new Refused(numbered(outcome, items.size()));
                }
            }
        }
        List<Change> changes = new ArrayList<>();
        after.forEach((key, record) -> changes.add(
                record.<Change>map(found -> new Change.Put(key, found)).orElseGet(() -> new Change.Delete(key))));
        return new Done(changes, items);
    }

    private static Outcome numbered(Outcome outcome, int item) {
        return switch (outcome) {
            case Outcome.ConditionFailed failed -> new Outcome.ConditionFailed(failed.current(), item);
            case Outcome.NotApplied(Problem problem, String detail)
            when item > 0 -> new Outcome.NotApplied(problem, "item " + item + ": " + detail);
            default -> outcome;
        };
    }
}
