package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LogRecoveryTest {
    private final FaultyLogFiles files = new FaultyLogFiles();
    private final LogRig rig = new LogRig(files);

    @Test
    void anEmptyFolderIsANewLog() throws IOException {
        RecoveredLog.Clean clean = rig.openClean();

        assertThat(clean.firstSequence()).isEqualTo(1);
        assertThat(clean.lastSequence()).isZero();
        assertThat(clean.tornBytesCut()).isZero();
        assertThat(rig.read()).isEmpty();
        assertThat(rig.log().durableSequence()).isZero();
    }

    @Test
    void sequenceNumbersGoOnAcrossRestarts() throws IOException {
        rig.openClean();
        assertThat(rig.write(Bytes.utf8("a"))).isEqualTo(1);
        assertThat(rig.write(Bytes.utf8("b"))).isEqualTo(2);

        for (int restart = 0; restart < 3; restart++) {
            RecoveredLog.Clean clean = rig.openClean();
            assertThat(clean.lastSequence()).isEqualTo(2 + restart);
            assertThat(clean.firstSequence()).isEqualTo(1);
            assertThat(rig.log().durableSequence()).isEqualTo(2 + restart);
            assertThat(rig.write(Bytes.utf8("c" + restart))).isEqualTo(3 + restart);
        }

        rig.openClean();
        assertThat(rig.read().values())
                .containsExactly(
                        Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("c0"), Bytes.utf8("c1"), Bytes.utf8("c2"));
    }

    @Test
    void recordsOfAllSizesComeBackInOrderOverManySegments() throws IOException {
        rig.openClean();
        for (int i = 1; i <= 200; i++) {
            rig.log().append(LogRig.record(i, 1 + i * 59 % 12_000));
            if (i % 7 == 0) {
                rig.flush();
            }
        }
        rig.flush();
        assertThat(rig.durable()).isEqualTo(200);
        assertThat(rig.log().segments()).hasSizeGreaterThan(20);

        rig.openClean();

        assertThat(rig.read()).hasSize(200);
        rig.read()
                .forEach((sequence, record) ->
                        assertThat(record).isEqualTo(LogRig.record(sequence, (int) (1 + sequence * 59 % 12_000))));
    }

    @Test
    void restartsWithoutAppendsDoNotPileUpSegments() throws IOException {
        rig.openClean();
        rig.write(Bytes.utf8("a"));
        rig.write(Bytes.utf8("b"));
        for (int i = 0; i < 10; i++) {
            rig.openClean();
            rig.tidy();
        }

        assertThat(rig.read().values()).containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
        assertThat(rig.log().segments()).hasSize(2);
        assertThat(files.names()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void recordsThatWereNotWrittenAreNotThere() throws IOException {
        rig.openClean();
        rig.write(Bytes.utf8("a"));
        rig.log().append(Bytes.utf8("b"));

        assertThat(rig.openClean().lastSequence()).isEqualTo(1);
    }

    @Test
    void aBlockThatWasOnlyInTheCacheWhenItWasReadIsOnDiskAfterwards() throws IOException {
        rig.openClean();
        rig.write(Bytes.utf8("a"));
        files.losePowerAfter(1);
        assertThatThrownBy(() -> rig.write(Bytes.utf8("b"))).isInstanceOf(PowerLoss.class);
        files.restartProcess();

        assertThat(rig.openClean().lastSequence()).isEqualTo(2);
        files.powerOn(Tear.nothing(), RandomGenerator.of("L64X128MixRandom"));

        assertThat(rig.openClean().lastSequence()).isEqualTo(2);
    }

    @Test
    void strayFilesAreLeftAlone() throws IOException {
        files.replace("notes.txt", new byte[] {1});
        files.replace("segment-1.log", new byte[] {2});
        files.replace("filling-0000000000000009.log", new byte[4_096]);
        rig.openClean();
        rig.write(Bytes.utf8("a"));
        rig.openClean();

        assertThat(rig.read()).hasSize(1);
        assertThat(files.names()).contains("notes.txt", "segment-1.log");
        assertThat(files.names()).doesNotContain("filling-0000000000000009.log");
    }

    @Test
    void recordsOfImpossibleLengthAreRefused() throws IOException {
        rig.openClean();

        assertThatThrownBy(() -> rig.log().append(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.log().append(LogRig.record(1, 12_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12000");
        assertThat(rig.write(LogRig.record(1, 12_000))).isEqualTo(1);
    }

    @Test
    void aClosedLogRefusesAppends() throws IOException {
        rig.openClean();
        rig.log().close();

        assertThatThrownBy(() -> rig.log().append(Bytes.utf8("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the log is closed");
    }

    @Test
    void theSegmentSizeMayChangeBetweenRestarts() throws IOException {
        rig.openClean();
        for (int i = 1; i <= 30; i++) {
            rig.write(LogRig.record(i, 5_000));
        }
        LogRig larger = new LogRig(files, LogRig.SMALL.withSegmentBytes(64 << 10));
        larger.openClean();
        larger.log().release(25);
        for (int i = 31; i <= 60; i++) {
            larger.write(LogRig.record(i, 5_000));
            larger.tidy();
        }
        larger.openClean();

        assertThat(larger.read().lastKey()).isEqualTo(60);
        larger.read().forEach((sequence, record) -> assertThat(record).isEqualTo(LogRig.record(sequence, 5_000)));
    }
}
