package io.quorate.core.replica;

import static io.quorate.core.replica.Entries.configuration;
import static io.quorate.core.replica.Entries.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CommitRuleTest {
    private static final Member SELF = member(0);

    private static long committed(int size, int quorum, long own, Map<Member, Long> acknowledged, long barrier) {
        return CommitRule.STANDARD.committed(configuration(size, quorum), SELF, own, acknowledged, barrier);
    }

    /** The definition, taken literally: the greatest index that W members have, this disk among them. */
    private static long defined(Configuration configuration, long own, Map<Member, Long> acknowledged, long barrier) {
        for (long index = own; index >= Math.max(barrier, 1); index--) {
            long wanted = index;
            long others = configuration.members().stream()
                    .filter(member -> !member.equals(SELF) && acknowledged.getOrDefault(member, -1L) >= wanted)
                    .count();
            if (others + 1 >= configuration.writeQuorum()) {
                return index;
            }
        }
        return 0;
    }

    @Test
    void theRuleIsItsDefinitionForEverySizeAndQuorum() {
        Random random = new Random(17);
        for (int size = 1; size <= 5; size++) {
            for (int quorum = 1; quorum <= size; quorum++) {
                for (int round = 0; round < 300; round++) {
                    Map<Member, Long> acknowledged = new HashMap<>();
                    for (int other = 0; other <= size; other++) {
                        if (random.nextInt(4) > 0) {
                            acknowledged.put(member(other), (long) random.nextInt(-1, 8));
                        }
                    }
                    long own = random.nextInt(8);
                    long barrier = random.nextInt(1, 8);
                    assertThat(committed(size, quorum, own, acknowledged, barrier))
                            .as("%d of %d, own %d, others %s, barrier %d", quorum, size, own, acknowledged, barrier)
                            .isEqualTo(defined(configuration(size, quorum), own, acknowledged, barrier));
                }
            }
        }
    }

    @Test
    void theLeadersOwnDiskIsAlwaysAmongTheQuorum() {
        Map<Member, Long> others = Map.of(member(1), 9L, member(2), 9L);
        assertThat(committed(3, 2, 4, others, 1)).isEqualTo(4);
        assertThat(committed(3, 1, 4, others, 1)).isEqualTo(4);
    }

    @Test
    void nothingIsCommittedBeforeTheBarrierIs() {
        Map<Member, Long> others = Map.of(member(1), 6L, member(2), 6L);
        assertThat(committed(3, 2, 9, others, 7)).isZero();
        assertThat(committed(3, 2, 9, others, 6)).isEqualTo(6);
    }

    @Test
    void whoIsNoMemberDoesNotCount() {
        assertThat(committed(3, 2, 5, Map.of(member(3), 5L, member(4), 5L), 1)).isZero();
    }
}
