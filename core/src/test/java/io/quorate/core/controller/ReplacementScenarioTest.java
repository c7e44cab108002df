package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.controller.state.Move;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.Order;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplacementScenarioTest {
    private static final List<Integer> ALL = List.of(0, 1, 2, 3);

    @Test
    void aLostWorkersReplicasAreReplacedOnTheSpareOneAfterTheTimeout() {
        Stage stage = Stage.of(4, 3, 2);
        String lost = stage.leader(0).orElseThrow();

        stage.kill(lost);
        stage.run(4_000);
        assertThat(stage.members(0))
                .as("nothing is moved before HEARTBEAT_TIMEOUT")
                .contains(lost);

        stage.until(10_000, Stage::allHealthy);
        assertThat(ALL).allSatisfy(p -> assertThat(stage.members(p)).hasSize(3).doesNotContain(lost));
        assertThat(ALL).allSatisfy(p -> assertThat(stage.partition(p).kept()).hasSize(1));
    }

    @Test
    void aWorkerThatIsBackBeforeItsReplicaIsReplacedKeepsIt() {
        Stage stage = Stage.of(4, 3, 2);
        List<String> before = stage.members(0);
        String lost = before.get(2);
        stage.lost = order -> order instanceof Order.Create;
        stage.kill(lost);
        stage.until(12_000, all -> all.partition(0).move().isPresent());

        stage.restart(lost);
        stage.lost = order -> false;

        stage.until(1_000, all -> all.partition(0).move().isEmpty());
        stage.until(5_000, Stage::allHealthy);
        assertThat(stage.members(0)).isEqualTo(before);
    }

    @Test
    void aWorkerThatComesBackAfterItsReplicaWasReplacedDropsIt() {
        Stage stage = Stage.of(4, 3, 2);
        String lost = stage.members(0).get(2);
        stage.kill(lost);
        stage.until(15_000, Stage::allHealthy);
        assertThat(stage.worker(lost).replicas).containsKey(0);

        stage.restart(lost);

        stage.until(
                3_000,
                all -> !all.worker(lost).replicas.containsKey(0)
                        || all.partition(0)
                                .everybody()
                                .contains(all.worker(lost).member()));
    }

    @Test
    void aReportThatIsOlderThanADeletionDoesNotKeepALearnerFromBeingCreated() {
        Stage stage = Stage.of(4, 3, 2);
        String lost = stage.members(0).get(2);
        stage.kill(lost);
        stage.until(15_000, Stage::allHealthy);
        assertThat(stage.configure(Optional.of(4), Optional.empty())).isEmpty();
        FakeWorker back = stage.worker(lost);

        back.start();
        Heartbeat older = back.heartbeat(stage.now().wallMillis(), stage);
        ALL.forEach(p -> back.obey(new Order.Drop(p, stage.partition(p).term())));
        back.fullWanted = false;
        stage.input(new ControllerInput.HeartbeatArrived(Long.MAX_VALUE, older));

        stage.until(5_000, Stage::allHealthy);
        assertThat(ALL).allSatisfy(p -> assertThat(stage.members(p)).hasSize(4));
    }

    @Test
    void withQuorumOneALostFollowerIsReplacedBecauseTheLeaderAnswersFromItsDisk() {
        Stage stage = Stage.of(4, 3, 1);
        String leader = stage.leader(0).orElseThrow();
        String follower = stage.members(0).stream()
                .filter(id -> !id.equals(leader))
                .findFirst()
                .orElseThrow();

        stage.kill(follower);
        stage.until(15_000, all -> !all.members(0).contains(follower));
        stage.until(1_000, all -> all.writable(0));
    }

    @Test
    void withQuorumOneALostLeaderIsWaitedForBecauseTheOnlyCopyMayBeThere() {
        Stage stage = Stage.of(4, 3, 1);
        String leader = stage.leader(0).orElseThrow();

        stage.kill(leader);
        stage.run(60_000);
        assertThat(stage.partition(0).term()).isEqualTo(1);
        assertThat(stage.writable(0)).isFalse();
        assertThat(stage.view(0).state()).isEqualTo("stuck");

        stage.restart(leader);
        stage.until(1_000, all -> all.writable(0));
        assertThat(stage.leader(0)).contains(leader);
    }

    @Test
    void withQuorumAllALostLeaderIsReplacedThroughATermThatCannotCommitYet() {
        Stage stage = Stage.of(4, 3, 3);
        String lost = stage.leader(0).orElseThrow();

        stage.kill(lost);

        stage.until(15_000, Stage::allHealthy);
        assertThat(stage.members(0)).doesNotContain(lost);
    }

    @Test
    void withQuorumAllALostFollowerIsReplaced() {
        Stage stage = Stage.of(4, 3, 3);
        String lost = stage.members(0).get(1);

        stage.kill(lost);

        stage.until(15_000, Stage::allHealthy);
        assertThat(stage.members(0)).doesNotContain(lost);
    }

    @Test
    void aMoveWhoseNewWorkerIsLostIsGivenUpAndBegunAnew() {
        Stage stage = Stage.of(5, 3, 2);
        String lost = stage.members(0).get(2);
        stage.lost = order -> order instanceof Order.Create;
        stage.kill(lost);
        stage.until(12_000, all -> all.partition(0).move().isPresent());
        String learner = stage.partition(0).learners().getFirst().worker();

        stage.kill(learner);
        stage.lost = order -> false;

        stage.until(15_000, all -> all.view(0).state().equals("healthy"));
        assertThat(stage.members(0)).doesNotContain(lost, learner);
    }

    @Test
    void newReplicasThatAreLostBeforeTheirTermIsEstablishedAreGivenUpForThoseBefore() {
        Stage stage = Stage.of(4, 3, 3);
        stage.lost = order -> order instanceof Order.Lead lead && lead.term() > 1;
        String follower = stage.members(0).get(2);
        stage.worker(follower).cut = true;
        stage.until(
                12_000,
                all -> all.partition(0).term() == 2
                        && all.partition(0).elected().isPresent());
        String added = stage.members(0).stream()
                .filter(id -> !id.equals(follower)
                        && stage.partition(0)
                                .kept()
                                .getFirst()
                                .configuration()
                                .memberOf(id)
                                .isEmpty())
                .findFirst()
                .orElseThrow();

        stage.worker(follower).cut = false;
        stage.run(500);
        stage.kill(added);
        stage.lost = order -> false;

        stage.until(5_000, all -> all.writable(0));
        assertThat(stage.members(0)).contains(follower).doesNotContain(added);
        assertThat(stage.partition(0).move()).isEmpty();
    }

    @Test
    void aWorkerWithAnEmptyDiskBecomesALearnerFirstAndItsOldDiskAMemberThatNeverAnswers() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker worker = stage.worker(stage.members(0).get(2));
        stage.kill(worker.id);
        stage.run(1_500);

        worker.loseDisk();
        stage.restart(worker.id);
        assertThat(stage.partition(0).configuration().contains(worker.member())).isFalse();

        stage.until(10_000, Stage::allHealthy);
        assertThat(ALL)
                .allSatisfy(p -> assertThat(stage.partition(p).configuration().contains(worker.member()))
                        .isTrue());
    }

    @Test
    void twoEmptyDisksOfThreeWaitForNoneOfThemToVote() {
        Stage stage = Stage.of(3, 3, 2);
        String leader = stage.leader(0).orElseThrow();
        String second = stage.members(0).get(1);
        stage.kill(leader);
        stage.kill(second);
        stage.run(1_500);
        stage.worker(leader).loseDisk();
        stage.worker(second).loseDisk();

        stage.restart(leader);
        stage.restart(second);
        stage.run(30_000);

        assertThat(stage.writable(0)).isFalse();
        assertThat(stage.view(0).state()).isEqualTo("stuck");
    }

    @Test
    void aClusterBegunWithTwoWorkersGrowsWhenTheThirdComes() {
        Stage stage = new Stage(ControllerSettings.defaults("c1"), 2);
        stage.run(2_500);
        assertThat(stage.state().partitions()).isEmpty();

        stage.until(3_000, Stage::allWritable);
        assertThat(stage.members(0)).hasSize(2);

        stage.add("w3");
        stage.until(20_000, Stage::allHealthy);
        assertThat(stage.members(0)).hasSize(3);
    }

    @Test
    void withoutAnotherWorkerAPartitionStaysUnderReplicatedAndSaysSo() {
        Stage stage = Stage.of(3, 3, 2);

        stage.kill("w3");
        stage.run(30_000);

        assertThat(stage.allWritable()).isTrue();
        assertThat(stage.controller.partitions(stage.now()).underReplicated()).isEqualTo(4);
        stage.add("w4");
        stage.until(10_000, Stage::allHealthy);
    }

    @Test
    void aNewWorkerGetsItsShareAFewReplicasAtATime() {
        Stage stage = Stage.of(3, 3, 2);
        stage.add("w4");

        int[] most = {0};
        stage.until(60_000, all -> {
            int moving = all.controller.partitions(all.now()).moving();
            most[0] = Math.max(most[0], moving);
            return ALL.stream().filter(p -> all.members(p).contains("w4")).count() == 3 && moving == 0;
        });

        assertThat(most[0]).isBetween(1, 2);
        stage.until(10_000, Stage::allHealthy);
        stage.until(
                5_000,
                all -> all.workers.values().stream()
                                .mapToInt(worker -> worker.replicas.size())
                                .sum()
                        == 12);
        stage.run(30_000);
        stage.log.clear();
        stage.run(60_000);
        assertThat(stage.log).as("what is balanced stays").isEmpty();
    }

    @Test
    void aBalancingMoveIsGivenUpWhenAReplicaIsLost() {
        Stage stage = Stage.of(4, 3, 2);
        stage.lost = order -> order instanceof Order.Create;
        stage.add("w5");
        stage.until(30_000, all -> !all.balancing().isEmpty());
        int partition = stage.balancing().getFirst();
        String lost =
                stage.partition(partition).configuration().members().get(1).worker();

        stage.kill(lost);
        stage.lost = order -> false;

        stage.until(
                10_000,
                all -> all.partition(partition).move().map(Move::kind).orElse(Move.Kind.REPAIR) == Move.Kind.REPAIR);
        stage.until(20_000, Stage::allHealthy);
    }

    @Test
    void aMemberThatIsNewAndHoldsNothingIsGivenAnEmptyReplica() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker worker = stage.worker(stage.members(0).get(2));

        worker.replicas.remove(0);
        worker.fullWanted = true;

        stage.until(3_000, all -> worker.replicas.containsKey(0));
    }
}
