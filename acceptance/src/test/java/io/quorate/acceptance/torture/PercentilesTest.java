package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void theyAreTheNearestRanks() {
        assertThat(Percentiles.of(LongStream.rangeClosed(1, 200).boxed().toList()))
                .isEqualTo(new Percentiles(200, 100, 198, 200));
        assertThat(Percentiles.of(List.of(7L))).isEqualTo(new Percentiles(1, 7, 7, 7));
        assertThat(Percentiles.of(List.of())).isEqualTo(new Percentiles(0, 0, 0, 0));
    }
}
