package io.quorate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Explanation;
import io.quorate.api.Explanation.ReplicaTimes;
import io.quorate.api.Revision;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {
    private static OptionalLong at(long micros) {
        return OptionalLong.of(micros);
    }

    @Test
    void drawsEachReplicaToScale() {
        OptionalLong unknown = OptionalLong.empty();
        Explanation how = new Explanation(
                "w3",
                "w1",
                31,
                new Revision(2, 7),
                2,
                400,
                400,
                2_000,
                2_000,
                4_000,
                List.of(
                        new ReplicaTimes("w1", at(400), at(1_500), at(1_500), at(2_000)),
                        new ReplicaTimes("w2", at(800), at(1_600), at(2_000), at(4_000)),
                        new ReplicaTimes("w4", unknown, unknown, unknown, unknown)));
        assertThat(ExplanationText.lines(how))
                .containsExactly(
                        "w3 took the write, and w1 got it after 0.40 ms: it leads partition 31 in term 2; entry 7",
                        "               0                                4.00 ms   received   on disk     acked   applied  quorum without it",
                        "w1 leader      ...============....|....................    0.40 ms   1.50 ms   1.50 ms   2.00 ms  another would lead first",
                        "w2             .......=========---|...................*    0.80 ms   1.60 ms   2.00 ms   4.00 ms  not reached",
                        "w4             ...................|....................          ?         ?         ?         ?  2.00 ms",
                        "= to disk   - acknowledgement under way   * applied   | quorum of 2 after 2.00 ms; applied after 2.00 ms");
    }
}
