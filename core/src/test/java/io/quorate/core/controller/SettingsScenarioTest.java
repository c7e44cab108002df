package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes of REPLICAS and WRITE_QUORUM: each partition takes them over when it can. */
class SettingsScenarioTest {
    private static final List<Integer> ALL = List.of(0, 1, 2, 3);

    @Test
    void moreReplicasAreAddedWhenReplicasIsRaised() {
        Stage stage = Stage.of(4, 2, 2);
        assertThat(stage.members(0)).hasSize(2);

        assertThat(stage.configure(Optional.of(3), Optional.empty())).isEmpty();

        stage.until(10_000, Stage::allHealthy);
        assertThat(ALL).allSatisfy(p -> assertThat(stage.members(p)).hasSize(3));
    }

    @Test
    void replicasAreLeftOutAndDroppedWhenReplicasIsLowered() {
        Stage stage = Stage.of(4, 3, 1);

        assertThat(stage.configure(Optional.of(2), Optional.empty())).isEmpty();

        stage.until(10_000, Stage::allHealthy);
        assertThat(ALL).allSatisfy(p -> assertThat(stage.members(p)).hasSize(2));
        stage.until(
                5_000,
                all -> all.workers.values().stream()
                                .mapToInt(worker -> worker.replicas.size())
                                .sum()
                        == 8);
    }

    @Test
    void anotherWriteQuorumIsTakenOverByEveryPartition() {
        Stage stage = Stage.of(3, 3, 2);

        assertThat(stage.configure(Optional.empty(), Optional.of(3))).isEmpty();

        stage.until(
                5_000,
                all -> ALL.stream()
                        .allMatch(p -> all.partition(p).configuration().writeQuorum() == 3));
        stage.until(1_000, Stage::allHealthy);
    }

    @Test
    void aRaisedWriteQuorumWaitsForTheWorkersThatItNeeds() {
        Stage stage = Stage.of(3, 3, 2);
        stage.kill("w3");
        stage.run(15_000);
        List<Long> terms = terms(stage);
        stage.configure(Optional.empty(), Optional.of(3));
        stage.log.clear();

        stage.run(30_000);

        assertThat(stage.log).as("nothing is begun that cannot be ended").isEmpty();
        assertThat(terms(stage)).isEqualTo(terms);
        assertThat(stage.allWritable()).isTrue();

        stage.restart("w3");
        stage.until(
                5_000,
                all -> ALL.stream()
                        .allMatch(p -> all.partition(p).configuration().writeQuorum() == 3));
        stage.until(1_000, Stage::allHealthy);
    }

    @Test
    void aSuspectedWorkerIsWaitedForBeforeAWriteQuorumThatNeedsItBegins() {
        Stage stage = Stage.of(3, 3, 2).run(20_000);
        stage.worker("w3").cut = true;
        stage.run(3_500);
        List<Long> terms = terms(stage);
        stage.configure(Optional.empty(), Optional.of(3));

        stage.run(1_000);
        assertThat(terms(stage)).isEqualTo(terms);

        stage.worker("w3").cut = false;
        stage.until(2_000, Stage::allWritable);
        stage.until(
                2_000,
                all -> ALL.stream()
                        .allMatch(p -> all.partition(p).configuration().writeQuorum() == 3));
    }

    @Test
    void whereTwoAreLostAndOnlyOneCanBeReplacedNothingBeginsBeforeAnotherWorkerComes() {
        Stage stage = Stage.of(4, 3, 3).run(20_000);
        stage.kill(stage.members(0).get(1));
        stage.kill(stage.members(0).get(2));
        stage.run(15_000);
        stage.log.clear();

        stage.run(30_000);

        assertThat(stage.partition(0).move()).isEmpty();
        assertThat(stage.log).as("moves begun and given up").isEmpty();

        stage.add("w5");
        stage.until(10_000, Stage::allHealthy);
    }

    @Test
    void aLostReplicaIsReplacedUnderTheOldWriteQuorumWhereTheNewOneCannotWork() {
        Stage stage = Stage.of(3, 3, 2).run(20_000);
        List<String> before = stage.members(0);
        stage.kill(before.get(1));
        stage.kill(before.get(2));
        stage.run(15_000);
        stage.configure(Optional.empty(), Optional.of(3));
        assertThat(stage.partition(0).established()).isTrue();

        stage.add("w4");
        stage.until(10_000, all -> all.members(0).contains("w4") && all.writable(0));
        assertThat(stage.partition(0).configuration().writeQuorum()).isEqualTo(2);

        stage.restart(before.get(2));
        stage.until(10_000, all -> all.partition(0).configuration().writeQuorum() == 3 && all.writable(0));
    }

    private static List<Long> terms(Stage stage) {
        return ALL.stream().map(p -> stage.partition(p).term()).toList();
    }
}
