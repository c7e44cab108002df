package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on every state of its key under every condition. */
final class EvaluationTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Value NEW = Value.json("new");
    private static final long LOG_TIME = 5_000;
    private static final long EXPIRES = 9_000;
    private static final Revision THERE = new Revision(2, 7);
    private static final Revision OTHER = new Revision(2, 6);
    private static final Revision HERE = new Revision(3, 9);

    private static final List<Condition> CONDITIONS = List.of(
            Condition.ALWAYS,
            new Condition.Exists(),
            new Condition.Absent(),
            new Condition.AnyOf(List.of(OTHER, THERE)),
            new Condition.AnyOf(List.of(OTHER)),
            new Condition.AnyOf(List.of()),
            new Condition.NoneOf(List.of(THERE)),
            new Condition.NoneOf(List.of(OTHER)));

    private final Evaluation evaluation = new Evaluation(HERE, LOG_TIME);

    private static Record there(String value) {
        return new Record(Value.json(value), THERE, 1_000, EXPIRES, "");
    }

    private static Record written(Value value, long expiresMillis) {
        return new Record(value, HERE, LOG_TIME, expiresMillis, "");
    }

    private static Evaluation.Verdict stored(Record record) {
        return new Evaluation.Verdict.Store(record, Optional.empty());
    }

    private static Evaluation.Verdict failed(Optional<Record> current) {
        Revision revision = current.map(Record::revision).orElse(Revision.NONE);
        return new Evaluation.Verdict.Refuse(new Outcome.ConditionFailed(revision));
    }

    static Stream<Arguments> conditionsAndStates() {
        return CONDITIONS.stream()
                .flatMap(condition -> Stream.of(Optional.of(there("41")), Optional.<Record>empty())
                        .map(current -> Arguments.of(condition, current)));
    }

    @ParameterizedTest
    @MethodSource("conditionsAndStates")
    void aPutReplacesWhatIsThereIfItsConditionHolds(Condition condition, Optional<Record> current) {
        var verdict = evaluation.of(new Command.Put(KEY, NEW, condition, Lifetime.FOREVER), current);

        assertThat(verdict).isEqualTo(condition.holds(current) ? stored(written(NEW, Record.NEVER)) : failed(current));
    }

    @ParameterizedTest
    @MethodSource("conditionsAndStates")
    void aDeleteRemovesWhetherOrNotItIsThereIfItsConditionHolds(Condition condition, Optional<Record> current) {
        var verdict = evaluation.of(new Command.Delete(KEY, condition), current);

        assertThat(verdict).isEqualTo(condition.holds(current) ? new Evaluation.Verdict.Remove() : failed(current));
    }

    @ParameterizedTest
    @MethodSource("conditionsAndStates")
    void anAddCountsFromZeroOrFromWhatIsThereIfItsConditionHolds(Condition condition, Optional<Record> current) {
        var verdict = evaluation.of(new Command.Add(KEY, 1, condition), current);

        String sum = current.isPresent() ? "42" : "1";
        Record record = written(Value.json(sum), current.isPresent() ? EXPIRES : Record.NEVER);
        var stored = new Evaluation.Verdict.Store(record, Optional.of(Bytes.utf8(sum)));
        assertThat(verdict).isEqualTo(condition.holds(current) ? stored : failed(current));
    }

    @ParameterizedTest
    @MethodSource("conditionsAndStates")
    void aRetimeKeepsTheValueAndNeedsOneWhateverItsCondition(Condition condition, Optional<Record> current) {
        var verdict = evaluation.of(new Command.Retime(KEY, new Lifetime.For(100), condition), current);

        boolean done = current.isPresent() && condition.holds(current);
        assertThat(verdict).isEqualTo(done ? stored(written(Value.json("41"), LOG_TIME + 100)) : failed(current));
    }

    @ParameterizedTest
    @CsvSource({"1001, z, true", "1000, z, true", "1000, a, false", "999, z, false"})
    void aRecordFromElsewhereReplacesAnOlderOneOnly(long time, String origin, boolean newer) {
        Optional<Record> current = Optional.of(new Record(Value.json("41"), THERE, 1_000, EXPIRES, "m"));

        var verdict = evaluation.of(new Command.Replicate(KEY, NEW, time, origin), current);

        assertThat(verdict)
                .isEqualTo(newer ? stored(new Record(NEW, HERE, time, Record.NEVER, origin)) : failed(current));
    }

    @Test
    void aRecordFromElsewhereOfAnUnknownTimeIsWrittenNowAndOnlyWhereThereIsNothing() {
        Command.Replicate command = new Command.Replicate(KEY, NEW, Command.Replicate.ONLY_IF_ABSENT, "eu");

        assertThat(evaluation.of(command, Optional.empty()))
                .isEqualTo(stored(new Record(NEW, HERE, LOG_TIME, Record.NEVER, "eu")));
        assertThat(evaluation.of(command, Optional.of(there("41")))).isEqualTo(failed(Optional.of(there("41"))));
    }

    @Test
    void aPutThatKeepsTheLifetimeKeepsNothingElse() {
        Command keep = new Command.Put(KEY, NEW, Condition.ALWAYS, new Lifetime.Keep());

        assertThat(evaluation.of(keep, Optional.of(there("41")))).isEqualTo(stored(written(NEW, EXPIRES)));
        assertThat(evaluation.of(keep, Optional.empty())).isEqualTo(stored(written(NEW, Record.NEVER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "+1", "01", "-0", "1.0", "1e3", "0x1", "٣", "9223372036854775808", "abc"})
    void whatIsNotWrittenAsAddingWritesItIsNoNumber(String text) {
        assertThat(evaluation.of(new Command.Add(KEY, 0), Optional.of(there(text))))
                .isInstanceOfSatisfying(Evaluation.Verdict.Refuse.class, EvaluationTest::isNotAnInteger);
    }

    @Test
    void bytesThatAreNoTextAreNoNumber() {
        Value bytes = Value.raw(Bytes.copyOf(new byte[] {-1, 49}), Value.OCTET_STREAM);
        Record record = new Record(bytes, THERE, 0, Record.NEVER, "");

        assertThat(evaluation.of(new Command.Add(KEY, 0), Optional.of(record)))
                .isInstanceOfSatisfying(Evaluation.Verdict.Refuse.class, EvaluationTest::isNotAnInteger);
    }

    private static void isNotAnInteger(Evaluation.Verdict.Refuse refusal) {
        assertThat(refusal.outcome())
                .isInstanceOfSatisfying(
                        Outcome.NotApplied.class,
                        not -> assertThat(not.problem()).isEqualTo(Problem.NOT_AN_INTEGER));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 0, 9223372036854775807",
        "9223372036854775807, 1, ",
        "9223372036854775806, 1, 9223372036854775807",
        "-9223372036854775808, 0, -9223372036854775808",
        "-9223372036854775808, -1, ",
        "-9223372036854775808, 9223372036854775807, -1",
        "-1, -9223372036854775808, ",
        "0, -9223372036854775808, -9223372036854775808",
        "5, -5, 0"
    })
    void aSumThatIsNoWholeNumberOf64BitsIsRefused(String before, long amount, String sum) {
        var verdict = evaluation.of(new Command.Add(KEY, amount), Optional.of(there(before)));

        if (sum == null) {
            assertThat(verdict).isInstanceOfSatisfying(Evaluation.Verdict.Refuse.class, EvaluationTest::isNotAnInteger);
        } else {
            assertThat(verdict)
                    .isEqualTo(new Evaluation.Verdict.Store(
                            written(Value.json(sum), EXPIRES), Optional.of(Bytes.utf8(sum))));
        }
    }

    @Test
    void anAddKeepsFormAndContentType() {
        Value raw = Value.raw(Bytes.utf8("1"), "text/plain");
        Record record = new Record(raw, THERE, 0, Record.NEVER, "");

        assertThat(evaluation.of(new Command.Add(KEY, 1), Optional.of(record)))
                .isInstanceOfSatisfying(Evaluation.Verdict.Store.class, store -> {
                    assertThat(store.record().value().form()).isEqualTo(ValueForm.RAW);
                    assertThat(store.record().value().contentType()).isEqualTo("text/plain");
                });
    }

    @Test
    void onlyWhatComesToTheSameWhateverIsThereIsBlind() {
        Condition exists = new Condition.Exists();
        assertThat(Evaluation.isBlind(new Command.Put(KEY, NEW))).isTrue();
        assertThat(Evaluation.isBlind(new Command.Put(KEY, NEW, Condition.ALWAYS, new Lifetime.For(1))))
                .isTrue();
        assertThat(Evaluation.isBlind(new Command.Put(KEY, NEW, new Condition.Always(), Lifetime.FOREVER)))
                .isTrue();
        assertThat(Evaluation.isBlind(new Command.Delete(KEY))).isTrue();
        assertThat(Evaluation.isBlind(new Command.Put(KEY, NEW, Condition.ALWAYS, new Lifetime.Keep())))
                .isFalse();
        assertThat(Evaluation.isBlind(new Command.Put(KEY, NEW, exists, Lifetime.FOREVER)))
                .isFalse();
        assertThat(Evaluation.isBlind(new Command.Delete(KEY, exists))).isFalse();
        assertThat(Evaluation.isBlind(new Command.Add(KEY, 1))).isFalse();
        assertThat(Evaluation.isBlind(new Command.Retime(KEY, Lifetime.FOREVER, Condition.ALWAYS)))
                .isFalse();
        assertThat(Evaluation.isBlind(new Command.Replicate(KEY, NEW, 1, ""))).isFalse();
    }
}
