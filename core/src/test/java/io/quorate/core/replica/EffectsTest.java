package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.ItemResult;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.log.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EffectsTest {
    private static final Revision REVISION = new Revision(2, 7);

    private final Map<Bytes, Record> there = Map.of(key("a"), Entries.record("1"), key("text"), Entries.record("x"));

    private Effects of(Command... commands) {
        return Effects.of(List.of(commands), new Evaluation(REVISION, 100), key -> Optional.ofNullable(there.get(key)));
    }

    private static Command put(String key, String value) {
        return new Command.Put(key(key), Value.json(value));
    }

    private static Change stored(String key, String value) {
        return new Change.Put(key(key), new Record(Value.json(value), REVISION, 100, Record.NEVER, ""));
    }

    @Test
    void eachCommandIsDoneAndToldApart() {
        assertThat(of(put("a", "2"), put("b", "3"), new Command.Delete(key("c"))))
                .isEqualTo(new Effects.Done(
                        List.of(stored("a", "2"), stored("b", "3"), new Change.Delete(key("c"))),
                        List.of(
                                new ItemResult(true, Optional.empty()),
                                new ItemResult(false, Optional.empty()),
                                new ItemResult(false, Optional.empty()))));
    }

    @Test
    void aCommandFindsWhatThoseBeforeItLeave() {
        Command ifAbsent = new Command.Put(key("a"), Value.json("3"), new Condition.Absent(), Lifetime.FOREVER);
        assertThat(of(new Command.Delete(key("a")), ifAbsent, new Command.Add(key("a"), 4)))
                .isEqualTo(new Effects.Done(
                        List.of(stored("a", "7")),
                        List.of(
                                new ItemResult(true, Optional.empty()),
                                new ItemResult(false, Optional.empty()),
                                new ItemResult(true, Optional.of(Bytes.utf8("7"))))));
    }

    @Test
    void whatIsToldIsWhatThoseBeforeItLeave() {
        assertThat(of(new Command.Get(key("a")), new Command.Add(key("a"), 4), new Command.Get(key("a"))))
                .isEqualTo(new Effects.Done(
                        List.of(stored("a", "5")),
                        List.of(
                                ItemResult.of(Optional.of(Entries.record("1"))),
                                new ItemResult(true, Optional.of(Bytes.utf8("5"))),
                                ItemResult.of(
                                        Optional.of(new Record(Value.json("5"), REVISION, 100, Record.NEVER, ""))))));
        assertThat(of(new Command.Get(key("b"))))
                .isEqualTo(new Effects.Done(List.of(), List.of(ItemResult.of(Optional.empty()))));
        assertThat(of(put("b", "2"), new Command.Get(key("a"), new Condition.Absent())))
                .isEqualTo(new Effects.Refused(
                        new Outcome.ConditionFailed(Entries.record("1").revision(), 1)));
    }

    @Test
    void oneThatIsRefusedRefusesAll() {
        Command ifAbsent = new Command.Put(key("a"), Value.json("3"), new Condition.Absent(), Lifetime.FOREVER);
        assertThat(of(put("b", "2"), ifAbsent))
                .isEqualTo(new Effects.Refused(
                        new Outcome.ConditionFailed(Entries.record("1").revision(), 1)));
        assertThat(of(put("b", "2"), new Command.Add(key("text"), 1)))
                .isEqualTo(new Effects.Refused(new Outcome.NotApplied(
                        Problem.NOT_AN_INTEGER, "item 1: the value of the key is not a whole number of 64 bits")));
    }
}
