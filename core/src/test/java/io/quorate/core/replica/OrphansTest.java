package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Revision;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrphansTest {
    private final List<Outcome> answered = new ArrayList<>();
    private final List<Origin> notTaken = new ArrayList<>();
    private final Orphans orphans = new Orphans(new Collected());

    @Test
    void aWriteThatReplacedSomethingIsAppliedAndSaysSo() {
        addAtIndex3(true);

        orphans.applied(Entries.entry(1, 3, 1));

        assertThat(answered).containsExactly(new Outcome.Applied(new Revision(1, 3), true, 2, 3, 2));
    }

    @Test
    void anotherEntryAtItsIndexMeansThatItNeverWillBeAndMayBeTakenToTheLeader() {
        addAtIndex3(true);

        orphans.applied(Entries.entry(2, 3, 1));

        assertThat(answered).isEmpty();
        assertThat(notTaken).containsExactly(new Origin.Local(7));
    }

    @Test
    void aWriteWhoseKeyWasNotLookedUpInTimeIsNotSaidToBeNew() {
        PendingWrite write = new PendingWrite(new Origin.Local(7), new Revision(1, 3));
        orphans.add(write, Entries.configuration(3, 2));

        orphans.applied(Entries.entry(1, 3, 1));

        assertThat(answered).singleElement().isInstanceOf(Outcome.Unknown.class);
    }

    private void addAtIndex3(boolean existed) {
        PendingWrite write = new PendingWrite(new Origin.Local(7), new Revision(1, 3));
        write.existed = existed;
        orphans.add(write, Entries.configuration(3, 2));
    }

    private final class Collected implements Answers {
        @Override
        public void written(Origin origin, Outcome outcome) {
            answered.add(outcome);
        }

        @Override
        public void read(Origin origin, ReadOutcome outcome) {
            throw new AssertionError(outcome);
        }

        @Override
        public void scanned(Origin origin, ScanOutcome outcome) {
            throw new AssertionError(outcome);
        }

        @Override
        public void watched(Origin origin, WatchOutcome outcome) {
            throw new AssertionError(outcome);
        }

        @Override
        public void notLeader(Origin origin, long term) {
            notTaken.add(origin);
        }
    }
}
