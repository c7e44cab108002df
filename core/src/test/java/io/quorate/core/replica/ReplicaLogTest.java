package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.cluster.LogPosition;
import org.junit.jupiter.api.Test;

final class ReplicaLogTest {
    private final ReplicaLog log = new ReplicaLog(LogPosition.START);

    private void appendTo(long last) {
        for (long index = log.last().index() + 1; index <= last; index++) {
            log.append(entry(1, index, index == 1 ? 0 : 1), index + 100);
        }
    }

    @Test
    void anEntryThatLeavesAGapOrFollowsAnotherLogIsNotAppended() {
        appendTo(2);
        assertThatThrownBy(() -> log.append(entry(1, 4, 1), 104)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.append(entry(3, 3, 2), 103)).isInstanceOf(IllegalStateException.class);
        assertThat(log.last()).isEqualTo(new LogPosition(1, 2));
    }

    @Test
    void theDurableIndexFollowsTheSharedLogWithoutGoingBeyondWhatIsThere() {
        appendTo(3);
        assertThat(log.durableUpTo(100)).isFalse();
        assertThat(log.durableUpTo(102)).isTrue();
        assertThat(log.durable()).isEqualTo(new LogPosition(1, 2));
        assertThat(log.durableUpTo(500)).isTrue();
        assertThat(log.durableIndex()).isEqualTo(3);
    }

    @Test
    void aTruncationTakesTheDurableIndexBack() {
        appendTo(3);
        log.durableUpTo(103);
        log.truncateFrom(2);
        assertThat(log.last()).isEqualTo(new LogPosition(1, 1));
        assertThat(log.durableIndex()).isEqualTo(1);
        log.append(entry(2, 2, 1), 104);
        assertThat(log.durableUpTo(103)).isFalse();
        assertThat(log.durableUpTo(104)).isTrue();
    }

    @Test
    void anEntryThatComesBackIsDurableOnlyWithItsNewRecord() {
        appendTo(9);
        log.durableUpTo(109);
        log.append(entry(3, 10, 1), 110);
        log.truncateFrom(10);
        log.append(entry(4, 10, 1), 111);
        log.truncateFrom(10);
        log.append(entry(3, 10, 1), 112);
        assertThat(log.durableUpTo(111)).isFalse();
        assertThat(log.durableIndex()).isEqualTo(9);
        assertThat(log.durableUpTo(112)).isTrue();
        assertThat(log.durable()).isEqualTo(new LogPosition(3, 10));
    }

    @Test
    void whatWasForgottenIsNotTruncated() {
        appendTo(5);
        log.trim(3, 0);
        assertThat(log.base()).isEqualTo(new LogPosition(1, 3));
        assertThatThrownBy(() -> log.truncateFrom(3)).isInstanceOf(IllegalStateException.class);
        log.truncateFrom(4);
        assertThat(log.last()).isEqualTo(new LogPosition(1, 3));
    }

    @Test
    void onlyAppliedEntriesAreForgottenOldestFirst() {
        appendTo(5);
        long each = log.bytes() / 5;
        log.trim(5, 3 * each);
        assertThat(log.base().index()).isEqualTo(2);
        log.trim(3, 0);
        assertThat(log.base().index()).isEqualTo(3);
        assertThat(log.holds(3)).isFalse();
        assertThat(log.holds(4)).isTrue();
        assertThat(log.bytes()).isEqualTo(2 * each);
    }

    @Test
    void placesStayRightWhenManyEntriesWereForgotten() {
        appendTo(300);
        log.trim(250, 0);
        appendTo(310);
        assertThat(log.entryAt(251).index()).isEqualTo(251);
        assertThat(log.entryAt(310).index()).isEqualTo(310);
        assertThat(log.sequenceAfter(300)).isEqualTo(401);
        assertThat(log.sequenceAfter(310)).isEqualTo(Long.MAX_VALUE);
        log.truncateFrom(305);
        assertThat(log.last().index()).isEqualTo(304);
        assertThat(log.from(302, Long.MAX_VALUE)).hasSize(3);
    }

    @Test
    void aPositionMatchesOnlyWithItsTerm() {
        appendTo(2);
        assertThat(log.matches(LogPosition.START)).isTrue();
        assertThat(log.matches(new LogPosition(1, 2))).isTrue();
        assertThat(log.matches(new LogPosition(2, 2))).isFalse();
        assertThat(log.matches(new LogPosition(1, 3))).isFalse();
    }

    @Test
    void aMessageTakesAtLeastOneEntryHoweverLarge() {
        appendTo(3);
        assertThat(log.from(1, 1)).hasSize(1);
        assertThat(log.from(1, log.bytes())).hasSize(3);
        assertThat(log.from(4, 100)).isEmpty();
    }

    @Test
    void afterAResetTheLogBeginsBehindTheSnapshot() {
        appendTo(3);
        log.reset(new LogPosition(2, 7));
        assertThat(log.last()).isEqualTo(new LogPosition(2, 7));
        assertThat(log.durable()).isEqualTo(new LogPosition(2, 7));
        assertThat(log.bytes()).isZero();
        log.append(entry(2, 8, 2), 200);
        assertThat(log.durableIndex()).isEqualTo(7);
    }
}
