package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.message.Order;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailOverScenarioTest {
    private static final List<Integer> ALL = List.of(0, 1, 2, 3);

    @Test
    void aNewClusterElectsAndEstablishesALeaderForEveryPartition() {
        Stage stage = Stage.of(3, 3, 2);

        assertThat(stage.allHealthy()).as(stage::describe).isTrue();
        assertThat(ALL).allSatisfy(p -> {
            assertThat(stage.members(p)).hasSize(3);
            assertThat(stage.partition(p).term()).isEqualTo(1);
            assertThat(stage.leader(p)).contains(stage.members(p).getFirst());
            assertThat(stage.view(p).state()).isEqualTo("healthy");
        });
    }

    @Test
    void aKilledLeaderIsReplacedAtOnce() {
        Stage stage = Stage.of(4, 3, 2);
        String leader = stage.leader(0).orElseThrow();

        stage.kill(leader);

        assertThat(stage.until(100, Stage::allWritable)).isLessThanOrEqualTo(100);
        assertThat(stage.leader(0).orElseThrow()).isNotEqualTo(leader);
        assertThat(stage.partition(0).term()).isEqualTo(2);
    }

    @Test
    void theLossOfAWorkerIsOneEntryWithAllItsPartitions() {
        Stage stage = Stage.of(3, 3, 2);
        String leader = stage.leader(0).orElseThrow();
        long led = ALL.stream()
                .filter(p -> stage.leader(p).orElseThrow().equals(leader))
                .count();
        stage.log.clear();

        stage.kill(leader);
        stage.run(1_000);

        List<TermsStarted> started = stage.log.stream()
                .flatMap(command -> command.records().stream())
                .filter(TermsStarted.class::isInstance)
                .map(TermsStarted.class::cast)
                .toList();
        assertThat(started).hasSize(1);
        assertThat(started.getFirst().starts()).hasSize((int) led);
    }

    @Test
    void theLossOfAFollowerChangesNoTerm() {
        Stage stage = Stage.of(3, 3, 2);
        String follower = stage.members(0).get(2);
        long others = ALL.stream()
                .filter(p -> !stage.leader(p).orElseThrow().equals(follower))
                .count();

        stage.kill(follower);
        stage.run(10_000);

        assertThat(ALL.stream().filter(p -> stage.partition(p).term() == 1).count())
                .isEqualTo(others);
        assertThat(stage.allWritable()).isTrue();
        assertThat(stage.view(0).state()).isEqualTo("under-replicated");
    }

    @Test
    void withTwoOfThreeLostNobodyLeadsUntilOneIsBack() {
        Stage stage = Stage.of(3, 3, 2);
        String leader = stage.leader(0).orElseThrow();
        String other = stage.members(0).get(1);

        stage.kill(leader);
        stage.kill(other);
        stage.run(20_000);
        assertThat(stage.writable(0)).isFalse();
        assertThat(stage.view(0).state()).isEqualTo("stuck");

        stage.restart(other);
        assertThat(stage.until(2_000, Stage::allWritable)).isLessThan(1_000);
    }

    @Test
    void aRestartedLeaderNeverLeadsOnInItsTerm() {
        Stage stage = Stage.of(3, 3, 2);
        String leader = stage.leader(0).orElseThrow();
        stage.worker(leader).stop();

        stage.restart(leader);

        assertThat(stage.partition(0).term()).isEqualTo(2);
        stage.until(500, Stage::allWritable);
    }

    @Test
    void everythingComesBackAfterATotalPowerLoss() {
        Stage stage = Stage.of(4, 3, 2);
        stage.workers.values().forEach(FakeWorker::stop);
        stage.failOver();
        stage.run(30_000);
        assertThat(stage.allWritable()).isFalse();

        stage.workers.keySet().forEach(stage::restart);

        stage.until(3_000, Stage::allHealthy);
    }

    @Test
    void aLeaderThatFallsSilentIsSuspectedAndReplaced() {
        Stage stage = Stage.of(3, 3, 2).run(10_000);
        String leader = stage.leader(0).orElseThrow();

        stage.worker(leader).cut = true;

        assertThat(stage.until(6_000, all -> !all.leader(0).orElse(leader).equals(leader)))
                .isLessThan(3_500);
        stage.until(1_000, Stage::allWritable);
    }

    @Test
    void aLeaderWithoutQuorumIsReplacedByOneThatHasIt() {
        Stage stage = Stage.of(3, 3, 2);
        String leader = stage.leader(0).orElseThrow();

        stage.worker(leader).stalled.add(0);
        stage.until(1_000, all -> all.partition(0).term() == 2);
        stage.worker(leader).stalled.clear();

        stage.until(1_000, Stage::allWritable);
        assertThat(stage.leader(0).orElseThrow()).isNotEqualTo(leader);
    }

    @Test
    void aStalledLeaderWithALongerLogIsNotElectedAgainWhileOthersHoldEverything() {
        Stage stage = Stage.of(3, 3, 2);
        String leader = stage.leader(0).orElseThrow();
        FakeWorker stalled = stage.worker(leader);
        stalled.stalled.add(0);
        replica(stalled, 0).last = new LogPosition(1, 50);
        stage.workers.values().stream()
                .filter(worker -> worker != stalled)
                .forEach(worker -> replica(worker, 0).term = 2);

        stage.until(
                2_000,
                all -> all.partition(0).elected().isPresent()
                        && all.partition(0).term() > 1);

        assertThat(stage.leader(0).orElseThrow()).isNotEqualTo(leader);
    }

    @Test
    void nobodyIsReplacedOnSuspicionWhenTheOthersCouldNotWorkWithoutIt() {
        Stage stage = Stage.of(3, 3, 3);
        String leader = stage.leader(0).orElseThrow();

        stage.worker(leader).stalled.addAll(ALL);
        stage.run(5_000);

        assertThat(stage.partition(0).term()).isEqualTo(1);
    }

    @Test
    void suspicionMovesLeadershipAwayFromAWorkerOnceInTenSeconds() {
        Stage stage = Stage.of(3, 3, 2).run(30_000);
        String leader = stage.leader(0).orElseThrow();
        stage.worker(leader).stalled.add(0);
        stage.until(1_000, all -> all.partition(0).term() == 2);
        String second = stage.leader(1).orElseThrow();
        int otherOfSame = IntStream.range(0, 4)
                .filter(p -> stage.leader(p).orElseThrow().equals(leader))
                .findFirst()
                .orElse(-1);
        assertThat(second).isNotEmpty();
        if (otherOfSame >= 0) {
            stage.run(2_500);
            stage.worker(leader).stalled.add(otherOfSame);
            stage.run(6_000);
            assertThat(stage.partition(otherOfSame).term()).isEqualTo(1);
            stage.until(3_000, all -> all.partition(otherOfSame).term() == 2);
        }
    }

    @Test
    void anElectedLeaderThatDiesBeforeItIsEstablishedIsReplaced() {
        Stage stage = Stage.of(4, 3, 2);
        String first = stage.leader(0).orElseThrow();
        stage.lost = order -> order instanceof Order.Lead;
        stage.kill(first);
        stage.until(500, all -> all.leader(0).isPresent() && !all.writable(0));
        String second = stage.leader(0).orElseThrow();
        assertThat(second).isNotEqualTo(first);
        stage.lost = order -> false;

        stage.worker(second).stop();
        stage.restart(second);

        stage.until(2_000, Stage::allWritable);
        assertThat(stage.partition(0).kept()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void lostOrdersAreGivenAgain() {
        Stage stage = Stage.of(4, 3, 2);
        int[] left = {8};
        stage.lost = order -> left[0]-- > 0;

        stage.kill(stage.leader(0).orElseThrow());

        stage.until(5_000, Stage::allWritable);
    }

    @Test
    void anOrderThatIsObeyedIsNotRepeated() {
        Stage stage = Stage.of(4, 3, 2).run(20_000);
        stage.given.clear();

        stage.run(20_000);

        assertThat(stage.given).isEmpty();
    }

    @Test
    void anIdleClusterDecidesNothing() {
        Stage stage = Stage.of(4, 3, 2).run(20_000);
        stage.log.clear();

        stage.run(60_000);

        assertThat(stage.log).isEmpty();
    }

    @Test
    void aWorkerThatIsAboutToStopGivesItsLeadershipsAway() {
        Stage stage = Stage.of(3, 3, 2).run(10_000);
        String leader = stage.leader(0).orElseThrow();

        stage.worker(leader).draining = true;

        stage.until(
                1_000,
                all -> ALL.stream().noneMatch(p -> all.leader(p).orElse(leader).equals(leader)));
        stage.until(500, Stage::allWritable);
        stage.run(20_000);
        assertThat(ALL).noneSatisfy(p -> assertThat(stage.leader(p)).contains(leader));
    }

    @Test
    void leadershipReturnsToThePreferredPrimaryOnceAllIsWell() {
        Stage stage = Stage.of(3, 3, 2).run(10_000);
        String preferred = stage.leader(0).orElseThrow();
        stage.kill(preferred);
        stage.until(1_000, Stage::allWritable);
        stage.run(1_000);

        stage.restart(preferred);
        stage.run(3_000);
        assertThat(stage.leader(0).orElseThrow()).as("not at once").isNotEqualTo(preferred);

        stage.until(20_000, all -> all.leader(0).orElseThrow().equals(preferred));
        stage.until(1_000, Stage::allHealthy);
    }

    @Test
    void oneRefusalIsNotEnoughWhereThereAreMoreWitnesses() {
        Stage stage = Stage.of(5, 3, 2).run(10_000);
        String leader = stage.leader(0).orElseThrow();
        String witness = stage.workers.keySet().stream()
                .filter(id -> !id.equals(leader))
                .findFirst()
                .orElseThrow();

        stage.worker(witness).unreachable.add(leader);
        stage.run(5_000);
        assertThat(stage.partition(0).term()).isEqualTo(1);

        stage.link(leader, Link.REFUSED);
        assertThat(stage.partition(0).term()).isEqualTo(2);
    }

    @Test
    void aLeaderThatAcceptedItsOrderAndDoesNotLeadIsReplacedByAFurtherTerm() {
        Stage stage = Stage.of(3, 3, 2).run(10_000);
        FakeWorker leader = stage.worker(stage.leader(0).orElseThrow());

        replica(leader, 0).leading = null;
        leader.incarnation += 0;
        stage.lost = order -> order instanceof Order.Lead lead && lead.term() == 1;

        stage.until(7_000, all -> all.partition(0).term() == 2);
        stage.until(1_000, Stage::allWritable);
    }

    @Test
    void aWorkerWithAWrongClockLeadsOnlyWhenNobodyElseCan() {
        Stage stage = Stage.of(3, 3, 2).run(10_000);
        String leader = stage.leader(0).orElseThrow();
        String second = stage.members(0).get(1);
        stage.worker(second).clockAheadMillis = 5_000;
        stage.run(500);

        stage.kill(leader);
        stage.until(2_500, Stage::allWritable);

        assertThat(stage.leader(0).orElseThrow()).isEqualTo(stage.members(0).get(2));
    }

    private static FakeWorker.Replica replica(FakeWorker worker, int partition) {
        return java.util.Optional.ofNullable(worker.replicas.get(partition)).orElseThrow();
    }
}
