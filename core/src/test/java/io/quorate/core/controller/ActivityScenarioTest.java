package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.state.MetadataCodecV1;
import io.quorate.core.controller.state.MetadataCommand;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.message.HeartbeatAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivityScenarioTest {
    private static final List<Integer> ALL = List.of(0, 1, 2, 3);

    @Test
    void aControllerThatWasStoppedForTenSecondsChangesNoTermWhenItGoesOn() {
        Stage stage = Stage.of(4, 3, 2).run(20_000);
        stage.log.clear();
        List<Long> terms = ALL.stream().map(p -> stage.partition(p).term()).toList();

        stage.controllerRuns = false;
        stage.run(10_000);
        stage.controllerRuns = true;
        stage.run(20_000);

        assertThat(stage.log).isEmpty();
        assertThat(ALL.stream().map(p -> stage.partition(p).term()).toList()).isEqualTo(terms);
        assertThat(stage.notes).anySatisfy(line -> assertThat(line).contains("did not run for 10"));
    }

    @Test
    void workersThatAreGoneWhenAStoppedControllerGoesOnAreFoundDownAfterATimeout() {
        Stage stage = Stage.of(4, 3, 2).run(20_000);
        stage.controllerRuns = false;
        stage.run(5_000);
        stage.worker("w1").stop();
        stage.run(5_000);
        stage.controllerRuns = true;

        long took = stage.until(
                12_000, all -> ALL.stream().noneMatch(p -> all.members(p).contains("w1")));

        assertThat(took).isBetween(5_000L, 12_000L);
    }

    @Test
    void aPauseThatAWorkerAnnouncedIsNotTakenForItsLoss() {
        Stage stage = Stage.of(4, 3, 2).run(20_000);
        stage.worker("w1").quietMillis = 800;
        stage.run(300);
        stage.log.clear();
        stage.worker("w1").cut = true;
        stage.run(900);
        assertThat(stage.log).isEmpty();

        stage.run(3_000);
        assertThat(stage.log).isNotEmpty();
    }

    @Test
    void aControllerThatBecomesActiveSuspectsNobodyForSilenceForOneTimeout() {
        Stage stage = Stage.of(3, 3, 2).run(20_000);
        stage.worker("w1").cut = true;
        stage.log.clear();

        stage.failOver();
        stage.run(5_500);

        assertThat(stage.log).isEmpty();
    }

    @Test
    void aControllerThatBecameActiveMovesLeadershipAtOnceOnFreshRefusals() {
        Stage stage = Stage.of(4, 3, 2).run(20_000);
        String leader = stage.leader(0).orElseThrow();
        stage.failOver();
        stage.run(500);

        stage.kill(leader);

        assertThat(stage.until(500, Stage::allWritable)).isLessThanOrEqualTo(100);
    }

    @Test
    void aControllerThatBecomesActiveInTheMiddleOfAnElectionFinishesIt() {
        Stage stage = Stage.of(4, 3, 2).run(10_000);
        stage.lost = order -> true;
        stage.kill(stage.leader(0).orElseThrow());
        stage.run(300);
        assertThat(stage.leader(0)).isEmpty();

        stage.lost = order -> false;
        stage.failOver();

        stage.until(1_000, Stage::allWritable);
    }

    @Test
    void aControllerThatBecomesActiveInTheMiddleOfAMoveFinishesIt() {
        Stage stage = Stage.of(4, 3, 2).run(10_000);
        String lost = stage.members(0).get(1);
        stage.lost = order -> order instanceof io.quorate.core.message.Order.Feed;
        stage.kill(lost);
        stage.until(12_000, all -> all.partition(0).move().isPresent());

        stage.lost = order -> false;
        stage.failOver();

        stage.until(
                3_000,
                all -> !all.members(0).contains(lost) && all.partition(0).move().isEmpty());
    }

    @Test
    void whatADeposedControllerDecidedDoesNothing() {
        Stage stage = Stage.of(3, 3, 2);
        Configuration alone = new Configuration(
                List.of(stage.partition(0).configuration().members().getLast()), 1);
        Bytes late = MetadataCodecV1.encode(
                new MetadataCommand(1, List.of(new TermsStarted(List.of(new TermsStarted.Start(0, 1, 2, alone))))));

        stage.failOver();
        stage.commit(late);

        assertThat(stage.partition(0).term()).isEqualTo(1);
        assertThat(stage.members(0)).hasSize(3);
    }

    @Test
    void aDecisionOvertakenByAnotherTermDoesNothing() {
        Stage stage = Stage.of(3, 3, 2);
        Bytes late = MetadataCodecV1.encode(new MetadataCommand(
                1,
                List.of(new TermsStarted(List.of(
                        new TermsStarted.Start(0, 0, 5, stage.partition(0).configuration()))))));

        stage.commit(late);

        assertThat(stage.partition(0).term()).isEqualTo(1);
    }

    @Test
    void whileACommandIsOnItsWayNothingIsDecidedTwice() {
        Stage stage = Stage.of(4, 3, 2).run(10_000);
        stage.logHangs = true;
        stage.log.clear();
        stage.kill(stage.leader(0).orElseThrow());
        stage.run(3_000);
        assertThat(stage.log).isEmpty();

        stage.logHangs = false;
        stage.commitHanging();
        stage.until(1_000, Stage::allWritable);

        long starts = stage.log.stream()
                .flatMap(command -> command.records().stream())
                .filter(TermsStarted.class::isInstance)
                .count();
        assertThat(starts).isEqualTo(1);
    }

    @Test
    void aControllerThatIsNotActiveSaysWhoIs() {
        Stage stage = Stage.of(3, 3, 2);
        stage.input(new ControllerInput.ActivityChanged(
                new MetadataLog.Activity(false, 9, Optional.of("c2")), Optional.of("http://127.0.0.1:8100")));

        HeartbeatAnswer answer = stage.answer(stage.beat(stage.worker("w1")));

        assertThat(answer).isEqualTo(new HeartbeatAnswer.NotActive(Optional.of("http://127.0.0.1:8100")));
        assertThat(stage.controller.active()).isFalse();
    }

    @Test
    void aWorkerThatLostItsConnectionToTheControllerGetsWhatItMissedWhenItIsBack() {
        Stage stage = Stage.of(4, 3, 2).run(10_000);
        long version = stage.state().mapVersion();
        stage.kill(stage.leader(0).orElseThrow());
        stage.run(2_000);

        assertThat(stage.state().mapVersion()).isGreaterThan(version);
        assertThat(stage.workers.values().stream().filter(FakeWorker::heard))
                .allSatisfy(worker ->
                        assertThat(worker.mapVersion).isEqualTo(stage.state().mapVersion()));
        stage.link("w2", Link.CONNECTED);
    }
}
