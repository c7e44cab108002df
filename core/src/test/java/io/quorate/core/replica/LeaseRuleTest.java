package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.configuration;
import static io.quorate.core.replica.Entries.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Member;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LeaseRuleTest {
    private static long confirmed(int size, int quorum, Map<Member, Long> grants) {
        return LeaseRule.STANDARD.confirmedAt(configuration(size, quorum), member(0), 1_000, grants);
    }

    @Test
    void aQuorumOfOneNeedsNobody() {
        assertThat(confirmed(3, 1, Map.of())).isEqualTo(1_000);
    }

    @Test
    void theLeaseCountsFromTheOldestRequestThatTheQuorumNeeds() {
        Map<Member, Long> grants = Map.of(member(1), 700L, member(2), 900L, member(3), 800L);
        assertThat(confirmed(5, 2, grants)).isEqualTo(900);
        assertThat(confirmed(5, 3, grants)).isEqualTo(800);
        assertThat(confirmed(5, 4, grants)).isEqualTo(700);
        assertThat(confirmed(5, 5, grants)).isEqualTo(LeaseRule.NEVER);
    }

    @Test
    void grantsOfTheLeaderItselfAndOfStrangersDoNotCount() {
        assertThat(confirmed(3, 2, Map.of(member(0), 900L, member(7), 900L))).isEqualTo(LeaseRule.NEVER);
    }

    @Test
    void aLeaseEndsExactlyWhenItsTimeIsOver() {
        assertThat(LeaseRule.STANDARD.holds(100, 699, 600)).isTrue();
        assertThat(LeaseRule.STANDARD.holds(100, 700, 600)).isFalse();
        assertThat(LeaseRule.STANDARD.holds(LeaseRule.NEVER, 0, 600)).isFalse();
    }

    @Test
    void aPromiseOutlastsTheLeaseByTheDriftOfBothClocks() {
        WorkerSettings settings = WorkerSettings.STANDARD;
        double drift = settings.driftPerMille() / 1_000.0;
        double least = settings.leaseNanos() * (1 + drift) / (1 - drift);
        assertThat((double) settings.promiseNanos()).isGreaterThanOrEqualTo(least);
    }
}
