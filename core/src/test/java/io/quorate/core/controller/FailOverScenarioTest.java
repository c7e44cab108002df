package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailOverScenarioTest {
    @Test
    void aNewClusterElectsAndEstablishesALeaderForEveryPartition() {
        Stage stage = Stage.of(3, 3, 2);

        assertThat(stage.allHealthy()).as(stage::describe).isTrue();
        assertThat(List.of(0, 1, 2, 3))
                .allSatisfy(p -> assertThat(stage.members(p)).hasSize(3));
        assertThat(stage.partition(0).term()).isEqualTo(1);
    }

    @Test
    void aKilledLeaderIsReplacedAtOnceByOneThatOthersRefusedToo() {
        Stage stage = Stage.of(4, 3, 2);
        String leader = stage.leader(0).orElseThrow();

        stage.kill(leader);

        assertThat(stage.until(300, Stage::allWritable)).isLessThanOrEqualTo(100);
        assertThat(stage.leader(0).orElseThrow()).isNotEqualTo(leader);
        assertThat(stage.partition(0).term()).isEqualTo(2);
    }
}
