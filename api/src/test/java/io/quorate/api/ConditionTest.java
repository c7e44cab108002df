package io.quorate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final Revision CURRENT = new Revision(2, 7);
    private static final Revision OTHER = new Revision(7, 2);
    private static final Optional<Record> PRESENT =
            Optional.of(new Record(Value.json("x"), CURRENT, 0, Record.NEVER, ""));
    private static final Optional<Record> MISSING = Optional.empty();

    @Test
    void alwaysHoldsWhateverIsThere() {
        assertThat(Condition.ALWAYS.holds(PRESENT)).isTrue();
        assertThat(Condition.ALWAYS.holds(MISSING)).isTrue();
        assertThat(Condition.ALWAYS).isEqualTo(new Condition.Always());
    }

    @Test
    void existsAndAbsentAreOpposites() {
        assertThat(new Condition.Exists().holds(PRESENT)).isTrue();
        assertThat(new Condition.Exists().holds(MISSING)).isFalse();
        assertThat(new Condition.Absent().holds(PRESENT)).isFalse();
        assertThat(new Condition.Absent().holds(MISSING)).isTrue();
    }

    @Test
    void anyOfHoldsForARecordOfOneOfTheRevisionsOnly() {
        assertThat(new Condition.AnyOf(List.of(OTHER, CURRENT)).holds(PRESENT)).isTrue();
        assertThat(new Condition.AnyOf(List.of(OTHER)).holds(PRESENT)).isFalse();
        assertThat(new Condition.AnyOf(List.of(CURRENT)).holds(MISSING)).isFalse();
        assertThat(new Condition.AnyOf(List.of(Revision.NONE)).holds(MISSING)).isFalse();
        assertThat(new Condition.AnyOf(List.of()).holds(PRESENT)).isFalse();
        assertThat(new Condition.AnyOf(List.of()).holds(MISSING)).isFalse();
    }

    @Test
    void noneOfIsTheOppositeOfAnyOf() {
        assertThat(new Condition.NoneOf(List.of(OTHER, CURRENT)).holds(PRESENT)).isFalse();
        assertThat(new Condition.NoneOf(List.of(OTHER)).holds(PRESENT)).isTrue();
        assertThat(new Condition.NoneOf(List.of(CURRENT)).holds(MISSING)).isTrue();
        assertThat(new Condition.NoneOf(List.of()).holds(PRESENT)).isTrue();
    }

    @Test
    void aConditionNamesALimitedNumberOfRevisions() {
        List<Revision> most = Collections.nCopies(Condition.MAX_REVISIONS, CURRENT);
        List<Revision> tooMany = Collections.nCopies(Condition.MAX_REVISIONS + 1, CURRENT);
        assertThat(new Condition.AnyOf(most).holds(PRESENT)).isTrue();
        assertThat(new Condition.NoneOf(most).holds(PRESENT)).isFalse();
        assertThatThrownBy(() -> new Condition.AnyOf(tooMany)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Condition.NoneOf(tooMany)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConditionDoesNotChangeWithTheListThatItWasMadeOf() {
        List<Revision> revisions = new ArrayList<>(List.of(CURRENT));
        Condition condition = new Condition.AnyOf(revisions);
        revisions.clear();
        assertThat(condition.holds(PRESENT)).isTrue();
    }
}
