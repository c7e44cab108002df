package io.quorate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Explanation.ReplicaTimes;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final OptionalLong NEVER = OptionalLong.empty();

    private static ReplicaTimes acknowledged(String worker, OptionalLong micros) {
        return new ReplicaTimes(worker, NEVER, NEVER, micros, NEVER);
    }

    private static OptionalLong at(long micros) {
        return OptionalLong.of(micros);
    }

    private static Explanation of(int quorum, ReplicaTimes... replicas) {
        return new Explanation("w1", "w1", 3, new Revision(1, 2), quorum, 0, 10, 500, 510, 600, List.of(replicas));
    }

    @Test
    void withoutAFollowerTheNextOneCounts() {
        Explanation how = of(2, acknowledged("w1", at(300)), acknowledged("w2", at(500)), acknowledged("w3", at(700)));
        assertThat(how.committedWithout("w2")).hasValue(700);
        assertThat(how.committedWithout("w3")).hasValue(500);
    }

    @Test
    void theLeadersOwnDiskIsAlwaysAmongThem() {
        Explanation how = of(2, acknowledged("w1", at(900)), acknowledged("w2", at(500)), acknowledged("w3", at(700)));
        assertThat(how.committedWithout("w2")).hasValue(900);
        assertThat(how.committedWithout("w1")).isEmpty();
        assertThat(of(1, acknowledged("w1", at(900)), acknowledged("w2", NEVER)).committedWithout("w2"))
                .hasValue(900);
    }

    @Test
    void itWouldNotHaveBeenCommittedWithTooFew() {
        Explanation two = of(2, acknowledged("w1", at(300)), acknowledged("w2", at(500)));
        assertThat(two.committedWithout("w2")).isEmpty();
        Explanation slow = of(2, acknowledged("w1", at(300)), acknowledged("w2", at(500)), acknowledged("w3", NEVER));
        assertThat(slow.committedWithout("w2")).isEmpty();
        assertThat(slow.committedWithout("w3")).hasValue(500);
    }

    @Test
    void anotherWorkersClockShiftsEveryTime() {
        Explanation seen =
                of(2, acknowledged("w1", at(300)), acknowledged("w2", NEVER)).takenBy("w4", 100);
        assertThat(seen.takenBy()).isEqualTo("w4");
        assertThat(seen.arrivedMicros()).isEqualTo(100);
        assertThat(seen.committedMicros()).isEqualTo(600);
        assertThat(seen.replicas()).containsExactly(acknowledged("w1", at(400)), acknowledged("w2", NEVER));
    }
}
