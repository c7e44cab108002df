package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.port.ReplicaMeta;
import org.junit.jupiter.api.Test;

final class RecoveryTest {
    private final Recovery recovery = new Recovery();
    private long sequence;

    private void stored(int generation, boolean present, long term, LogPosition applied) {
        recovery.stored(new ReplicaMeta(0, generation, present, term, applied, 5, 2));
    }

    private void read(LogRecord record) {
        recovery.read(++sequence, record);
    }

    private void read(Entry... entries) {
        for (Entry entry : entries) {
            read(new LogRecord.EntryWritten(0, entry));
        }
    }

    private void created() {
        read(new LogRecord.ReplicaCreated(0, 1, 0));
    }

    private RecoveredReplica only() {
        assertThat(recovery.held()).hasSize(1);
        return recovery.held().getFirst();
    }

    @Test
    void entriesComeBackDurableAndUnapplied() {
        created();
        read(entry(1, 1, 0), entry(1, 2, 1, 1));
        RecoveredReplica replica = only();
        assertThat(replica.log().durable()).isEqualTo(new LogPosition(1, 2));
        assertThat(replica.applied()).isEqualTo(LogPosition.START);
        assertThat(replica.commitIndex()).isEqualTo(1);
    }

    @Test
    void anEntryOfAnotherTermSupersedesAllFromItsPlaceOn() {
        created();
        read(entry(1, 1, 0), entry(1, 2, 1), entry(1, 3, 1), entry(2, 2, 1));
        assertThat(only().log().last()).isEqualTo(new LogPosition(2, 2));
        assertThat(only().term()).isEqualTo(2);
    }

    @Test
    void anEntryThatComesBackIsTheOneThatCounts() {
        created();
        read(entry(3, 1, 0), entry(4, 1, 0), entry(3, 1, 0));
        assertThat(only().log().last()).isEqualTo(new LogPosition(3, 1));
        assertThat(only().log().sequenceAfter(0)).isEqualTo(4);
        assertThat(only().term()).isEqualTo(4);
    }

    @Test
    void anIdenticalCopyCutsNothing() {
        created();
        read(entry(1, 1, 0), entry(1, 2, 1), entry(1, 3, 1), entry(1, 1, 0), entry(1, 2, 1));
        assertThat(only().log().last()).isEqualTo(new LogPosition(1, 3));
    }

    @Test
    void copiesStandForOriginalsOfWhichTheFirstAreForgotten() {
        stored(0, true, 2, new LogPosition(1, 1));
        read(entry(1, 3, 1), entry(2, 4, 1), entry(1, 2, 1), entry(1, 3, 1), entry(2, 4, 1), entry(3, 5, 2));
        assertThat(only().log().last()).isEqualTo(new LogPosition(3, 5));
        assertThat(only().log().sequenceAfter(1)).isEqualTo(3);
        assertThat(only().log().sequenceAfter(3)).isEqualTo(5);
    }

    @Test
    void copiesThatAreMissingAtTheEndLeaveTheOriginalsInTheirPlaces() {
        stored(0, true, 2, new LogPosition(1, 1));
        read(entry(1, 2, 1), entry(1, 3, 1), entry(1, 4, 1), entry(1, 2, 1), entry(1, 3, 1));
        assertThat(only().log().last()).isEqualTo(new LogPosition(1, 4));
        assertThat(only().log().sequenceAfter(1)).isEqualTo(1);
        assertThat(only().log().sequenceAfter(3)).isEqualTo(3);
    }

    @Test
    void copiesSupersedeWhatWasSupersededBefore() {
        stored(0, true, 3, new LogPosition(1, 1));
        read(entry(1, 2, 1), entry(1, 3, 1), entry(2, 2, 1), entry(3, 3, 2), entry(2, 2, 1), entry(3, 3, 2));
        assertThat(only().log().last()).isEqualTo(new LogPosition(3, 3));
        read(entry(4, 3, 2));
        assertThat(only().log().last()).isEqualTo(new LogPosition(4, 3));
    }

    @Test
    void aBaseVoidsTheCopiesBeforeIt() {
        stored(1, true, 2, new LogPosition(2, 5));
        read(entry(2, 6, 2), entry(2, 6, 2), entry(2, 7, 2));
        read(new LogRecord.BaseSet(0, 1, new LogPosition(2, 5)));
        assertThat(only().log().last()).isEqualTo(new LogPosition(2, 5));
    }

    @Test
    void whatTheStoreHasIsNotReadAgain() {
        stored(0, true, 1, new LogPosition(1, 2));
        read(entry(1, 1, 0), entry(1, 2, 1), entry(1, 3, 1));
        RecoveredReplica replica = only();
        assertThat(replica.log().base()).isEqualTo(new LogPosition(1, 2));
        assertThat(replica.log().last()).isEqualTo(new LogPosition(1, 3));
        assertThat(replica.commitIndex()).isEqualTo(2);
        assertThat(replica.logTimeMillis()).isEqualTo(5);
        assertThat(replica.remembered()).isEqualTo(2);
    }

    @Test
    void entriesThatDoNotFollowAreOfAnEndedHistory() {
        stored(1, true, 2, new LogPosition(2, 5));
        read(entry(1, 6, 1), entry(1, 7, 1));
        assertThat(only().log().last()).isEqualTo(new LogPosition(2, 5));
        read(entry(3, 6, 2));
        assertThat(only().log().last()).isEqualTo(new LogPosition(3, 6));
    }

    @Test
    void aBaseVoidsTheEntriesBeforeIt() {
        stored(1, true, 2, new LogPosition(2, 5));
        read(entry(2, 6, 2), entry(2, 7, 2));
        read(new LogRecord.BaseSet(0, 1, new LogPosition(2, 5)));
        assertThat(only().log().last()).isEqualTo(new LogPosition(2, 5));
        read(entry(3, 6, 2));
        assertThat(only().log().last()).isEqualTo(new LogPosition(3, 6));
    }

    @Test
    void recordsOfOlderGenerationsChangeNothing() {
        stored(3, true, 2, new LogPosition(2, 5));
        read(entry(2, 6, 2));
        read(new LogRecord.BaseSet(0, 2, new LogPosition(1, 3)));
        read(new LogRecord.ReplicaCreated(0, 1, 0));
        read(new LogRecord.ReplicaDropped(0, 1, 2));
        assertThat(only().log().last()).isEqualTo(new LogPosition(2, 6));
        assertThat(only().generation()).isEqualTo(3);
    }

    @Test
    void aDroppedReplicaKeepsItsTermAndGeneration() {
        created();
        read(entry(1, 1, 0));
        read(new LogRecord.TermRaised(0, 4));
        read(new LogRecord.ReplicaDropped(0, 4, 0));
        read(entry(4, 2, 1));
        assertThat(recovery.held()).isEmpty();
        assertThat(recovery.dropped()).containsExactly(ReplicaMeta.dropped(0, 0, 4));
    }

    @Test
    void aReplicaMadeAfterADropIsEmptyAndKeepsTheTerm() {
        created();
        read(entry(1, 1, 0, 1));
        read(new LogRecord.ReplicaDropped(0, 6, 0));
        read(new LogRecord.ReplicaCreated(0, 2, 1));
        RecoveredReplica replica = only();
        assertThat(replica.term()).isEqualTo(6);
        assertThat(replica.generation()).isEqualTo(1);
        assertThat(replica.log().last()).isEqualTo(LogPosition.START);
        assertThat(replica.commitIndex()).isZero();
    }

    @Test
    void theCommitIndexNeverGoesBeyondTheLog() {
        created();
        read(entry(1, 1, 0), entry(2, 1, 0, 9));
        assertThat(only().commitIndex()).isEqualTo(1);
    }
}
