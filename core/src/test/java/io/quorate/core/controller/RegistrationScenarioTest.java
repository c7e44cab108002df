package io.quorate.core.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.MetadataCodecV1;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.HeartbeatAnswer.Heard;
import io.quorate.core.message.HeartbeatAnswer.NotYet;
import io.quorate.core.message.HeartbeatAnswer.Refused;
import io.quorate.core.message.HeartbeatAnswer.Refused.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegistrationScenarioTest {
    @Test
    void aNewWorkerIsRegisteredAndLearnsTheClusterAndTheMap() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker worker = stage.add("w4");

        HeartbeatAnswer answer = stage.answer(stage.beat(worker));

        assertThat(answer).isInstanceOfSatisfying(Heard.class, heard -> {
            assertThat(heard.cluster()).isEqualTo(Stage.CLUSTER);
            assertThat(heard.map()).isPresent();
            assertThat(heard.sequence()).isEqualTo(1);
        });
        assertThat(stage.state().worker("w4")).isPresent();
    }

    @Test
    void aHeartbeatIsAnsweredOnlyWhenItsRegistrationIsCommitted() {
        Stage stage = Stage.of(3, 3, 2);
        stage.logHangs = true;

        long ticket = stage.beat(stage.add("w4"));
        assertThat(stage.answers).doesNotContainKey(ticket);

        stage.logHangs = false;
        stage.commitHanging();
        assertThat(stage.answer(ticket)).isInstanceOf(Heard.class);
    }

    @Test
    void aDiskOfAnotherClusterIsRefusedAndBothAreNamed() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker stranger = stage.add("w9");
        UUID other = new UUID(5, 5);
        stranger.cluster = Optional.of(other);

        assertThat(stage.answer(stage.beat(stranger))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Kind.OTHER_CLUSTER);
            assertThat(refused.detail()).contains(other.toString(), Stage.CLUSTER.toString());
        });
        assertThat(stage.state().worker("w9")).isEmpty();
    }

    @Test
    void anEmptyControllerAdoptsNoClusterAndSaysSo() {
        Stage stage = new Stage(ControllerSettings.defaults("c1"), 0);
        FakeWorker worker = stage.add("w1");
        worker.cluster = Optional.of(new UUID(5, 5));

        assertThat(stage.answer(stage.beat(worker))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Kind.OTHER_CLUSTER);
            assertThat(refused.detail()).contains("adopts nothing");
        });
    }

    @Test
    void aSecondProcessWithTheSameIdIsRefusedWhileTheFirstIsHeardAndBothAddressesAreNamed() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker second = twin(stage, "w1", new UUID(99, 1));

        assertThat(stage.answer(stage.beat(second))).isInstanceOf(NotYet.class);
        stage.run(400);

        assertThat(stage.answer(stage.beat(second))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Kind.DUPLICATE_ID);
            assertThat(refused.detail())
                    .contains(second.address.http(), stage.worker("w1").address.http());
        });
        assertThat(stage.state().worker("w1").orElseThrow().disk()).isEqualTo(stage.worker("w1").disk);
    }

    @Test
    void aSecondProcessWithTheSameIdIsANewWorkerOnceTheFirstIsSilent() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker second = twin(stage, "w1", new UUID(99, 1));
        stage.worker("w1").stop();

        stage.run(3_000);
        assertThat(stage.answer(stage.beat(second))).isInstanceOf(NotYet.class);
        stage.run(5_000);

        assertThat(stage.answer(stage.beat(second))).isInstanceOf(Heard.class);
        assertThat(stage.state().worker("w1").orElseThrow().disk()).isEqualTo(second.disk);
    }

    @Test
    void theSameProcessMayNotReturnAfterItsIdWasTakenOver() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker first = stage.worker("w1");
        FakeWorker second = twin(stage, "w1", new UUID(99, 1));
        first.cut = true;
        stage.run(7_000);
        stage.beat(second);

        stage.beat(first);
        stage.beat(first);
        HeartbeatAnswer answer = stage.answer(stage.beat(first));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.DUPLICATE_ID));
    }

    @Test
    void anOldCopyOfADiskIsToldSoButALateHeartbeatIsNotTakenForOne() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker worker = stage.worker("w1");
        stage.kill("w1");
        stage.restart("w1");
        stage.run(1_000);
        worker.stop();
        worker.incarnation = 1;
        worker.sequence = 0;

        assertThat(stage.answer(stage.beat(worker))).isInstanceOf(NotYet.class);
        assertThat(stage.answer(stage.beat(worker))).isInstanceOf(NotYet.class);
        assertThat(stage.answer(stage.beat(worker)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.OLD_COPY));
    }

    @Test
    void aRepeatedIncarnationFromANewProcessIsAnOldCopy() {
        Stage stage = Stage.of(3, 3, 2).run(5_000);
        FakeWorker worker = stage.worker("w1");
        worker.stop();
        worker.sequence = 0;

        stage.beat(worker);
        stage.beat(worker);

        assertThat(stage.answer(stage.beat(worker)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.OLD_COPY));
    }

    @Test
    void repeatedHeartbeatsOfTheSameProcessAreNoOldCopy() {
        Stage stage = Stage.of(3, 3, 2).run(5_000);
        FakeWorker worker = stage.worker("w1");

        for (int i = 0; i < 5; i++) {
            worker.sequence--;
            assertThat(stage.answer(stage.beat(worker))).isInstanceOf(NotYet.class);
        }
        stage.run(1_000);

        assertThat(stage.answer(stage.beat(worker))).isInstanceOf(Heard.class);
    }

    @Test
    void theFirstWorkersWriteQuorumIsTakenIfTheControllerWasGivenNone() {
        Stage stage = new Stage(ControllerSettings.defaults("c1"), 0);
        FakeWorker worker = stage.add("w1");
        worker.writeQuorum = Optional.of(1);

        stage.beat(worker);

        assertThat(stage.state().settings().orElseThrow().writeQuorum()).contains(1);
        stage.until(6_000, Stage::allWritable);
        assertThat(stage.members(0)).containsExactly("w1");
    }

    @Test
    void anotherWriteQuorumIsRefusedWithTheStoredOneAndTheCommand() {
        Stage stage = Stage.of(3, 3, 2);
        FakeWorker worker = stage.add("w4");
        worker.writeQuorum = Optional.of(3);

        assertThat(stage.answer(stage.beat(worker))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Kind.OTHER_SETTINGS);
            assertThat(refused.detail()).contains("keeps WRITE_QUORUM 2", "quorate config set write-quorum 3");
        });
    }

    @Test
    void aChangeOfTheWriteQuorumRefusesNobodyThatRuns() {
        Stage stage = Stage.of(3, 3, 2);
        stage.worker("w1").writeQuorum = Optional.of(2);

        stage.configure(Optional.empty(), Optional.of(3));

        assertThat(stage.answer(stage.beat(stage.worker("w1")))).isInstanceOf(Heard.class);
    }

    @Test
    void settingsThatContradictEachOtherAreNotTaken() {
        Stage stage = Stage.of(3, 3, 2);

        assertThat(stage.configure(Optional.empty(), Optional.of(4)).orElseThrow())
                .contains("WRITE_QUORUM");
        assertThat(stage.configure(Optional.of(1), Optional.empty()).orElseThrow())
                .contains("WRITE_QUORUM");
        assertThat(stage.configure(Optional.of(9), Optional.empty()).orElseThrow())
                .contains("REPLICAS");
        assertThat(stage.configure(Optional.of(3), Optional.of(2))).isEmpty();
    }

    @Test
    void aControllerStartedWithOtherSettingsSaysWhichAreKept() {
        Stage stage = Stage.of(3, 3, 2);
        stage.settings = new ControllerSettings(
                "c1", Optional.empty(), Optional.of(2), Optional.empty(), 0, 200, 6_000, 2_000, 2);

        stage.failOver();

        assertThat(stage.notes)
                .anySatisfy(line -> assertThat(line)
                        .contains("REPLICAS is 2 here", "keeps REPLICAS 3", "quorate config set replicas 2"));
    }

    @Test
    void aControllerThatStoodByWhileTheSettingsWereChangedGoesOnWhenItBecomesActive() {
        Stage stage = Stage.of(3, 3, 2);
        ControllerCore standingBy = standingBy(stage);
        handle(standingBy, new ControllerInput.CaughtUp(), stage);

        assertThat(stage.configure(Optional.of(2), Optional.empty())).isEmpty();
        stage.log.forEach(command ->
                handle(standingBy, new ControllerInput.Committed(1, 1, MetadataCodecV1.encode(command)), stage));
        stage.controller = standingBy;
        stage.activate();

        assertThat(standingBy.state().settings().orElseThrow().replicas()).isEqualTo(2);
        assertThat(stage.notes).noneMatch(line -> line.contains("the cluster keeps"));
    }

    @Test
    void aControllerStartedAfterTheSettingsWereChangedSaysSoOnceItHasCaughtUp() {
        Stage stage = Stage.of(3, 3, 2);
        ControllerCore started = standingBy(stage);
        assertThat(stage.configure(Optional.of(2), Optional.empty())).isEmpty();
        stage.log.forEach(command -> assertThat(
                        handle(started, new ControllerInput.Committed(1, 1, MetadataCodecV1.encode(command)), stage))
                .isEmpty());

        assertThat(handle(started, new ControllerInput.CaughtUp(), stage))
                .singleElement()
                .asString()
                .contains("REPLICAS is 3 here", "keeps REPLICAS 2");
    }

    /** A second controller with the settings of the first, and all that was decided so far. */
    private static ControllerCore standingBy(Stage stage) {
        ControllerCore second = new ControllerCore(stage.settings, new UUID(88, 88));
        handle(second, new ControllerInput.Restored(1, MetadataCodecV1.encode(stage.state())), stage);
        stage.log.clear();
        return second;
    }

    private static List<ControllerEffect> handle(ControllerCore controller, ControllerInput input, Stage stage) {
        List<ControllerEffect> effects = new ArrayList<>();
        controller.handle(input, stage.now(), effects::add);
        return effects;
    }

    /** Another process with that id on another disk at another address. */
    private static FakeWorker twin(Stage stage, String id, UUID disk) {
        FakeWorker second = new FakeWorker(id, 50);
        second.disk = disk;
        second.address = new WorkerAddress("http://127.0.0.1:8055", "127.0.0.1:9055");
        second.running = true;
        assertThat(stage.worker(id).disk).isNotEqualTo(disk);
        return second;
    }
}
