package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.delete;
import static io.quorate.core.replica.Entries.key;
import static io.quorate.core.replica.Entries.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Outcome;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanOutcome;
import io.quorate.api.WatchOutcome;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BatchTest {
    private static final class Nobody implements Answers {
        @Override
        public void written(Origin origin, Outcome outcome) {}

        @Override
        public void read(Origin origin, ReadOutcome outcome) {}

        @Override
        public void scanned(Origin origin, ScanOutcome outcome) {}

        @Override
        public void watched(Origin origin, WatchOutcome outcome) {}

        @Override
        public void notLeader(Origin origin, long term) {}
    }

    private final WorkerContext context = Entries.context();
    private final Replica replica = new Replica(RecoveredReplica.empty(0, 0, 1), context, new Nobody());
    private final Batch batch = new Batch(replica, context, 1);

    private void add(String key, Change change) {
        batch.makeRoomFor(List.of(key(key)), Optional.empty());
        batch.add(change);
    }

    private List<Entry> log() {
        return replica.log().from(1, Long.MAX_VALUE);
    }

    @Test
    void changesOfDifferentKeysAreOneEntry() {
        add("a", put("a", "1"));
        add("b", delete("b"));
        assertThat(batch.index()).isEqualTo(1);
        assertThat(log()).isEmpty();
        batch.close();
        assertThat(log()).hasSize(1);
        assertThat(log().getFirst().changes()).containsExactly(put("a", "1"), delete("b"));
    }

    @Test
    void aSecondChangeOfAKeyBeginsTheNextEntry() {
        add("a", put("a", "1"));
        add("b", put("b", "1"));
        add("a", delete("a"));
        assertThat(batch.index()).isEqualTo(2);
        batch.close();
        assertThat(log()).hasSize(2);
        assertThat(log().getLast().changes()).containsExactly(delete("a"));
        assertThat(log().getLast().previousTerm()).isEqualTo(1);
    }

    @Test
    void anEntryHasNoMoreChangesThanItsLimit() {
        for (int i = 0; i <= Batch.MAX_CHANGES; i++) {
            add("k" + i, put("k" + i, "1"));
        }
        batch.close();
        assertThat(log()).extracting(entry -> entry.changes().size()).containsExactly(Batch.MAX_CHANGES - 1, 2);
    }

    @Test
    void anEntryIsClosedWhenItIsLarge() {
        String large = "x".repeat(Batch.MAX_BYTES);
        add("a", put("a", large));
        add("b", put("b", large));
        batch.close();
        assertThat(log()).hasSize(2);
    }

    @Test
    void nothingGatheredIsNoEntry() {
        batch.close();
        assertThat(log()).isEmpty();
        assertThat(batch.lastTaken()).isZero();
        assertThat(context.drain()).isEmpty();
    }
}
