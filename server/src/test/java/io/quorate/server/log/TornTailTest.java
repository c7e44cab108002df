package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TornTailTest {
    private static final int RECORD_BYTES = 6_000;
    private static final int BLOCK_BYTES = 8_192;

    @Test
    void aBlockTornAtAnyByteIsCutAndEverythingBeforeItStays() throws IOException {
        for (int bytes = 0; bytes < BlockFormatV1.HEADER_BYTES + 40; bytes++) {
            survivesTear(Tear.prefix(bytes), 2);
        }
        for (int bytes = 0; bytes < BLOCK_BYTES; bytes += 97) {
            survivesTear(Tear.prefix(bytes), bytes >= writtenBytes() ? 3 : 2);
        }
    }

    @Test
    void aBlockOfWhichAnySectorsAreLostIsCut() throws IOException {
        for (int sector = 0; sector <= writtenBytes() / Tear.SECTOR_BYTES; sector++) {
            survivesTear(Tear.hole(sector), 2);
            survivesTear(Tear.suffix((sector + 1) * Tear.SECTOR_BYTES), 2);
            survivesTear(Tear.prefix((sector + 1) * Tear.SECTOR_BYTES), sectorsHoldAll(sector + 1) ? 3 : 2);
        }
    }

    @Test
    void aWholeBlockThatWasNeverReportedMayStay() throws IOException {
        survivesTear(Tear.everything(), 3);
    }

    @Test
    void whatWasCutNeverComesBack() throws IOException {
        for (Tear firstTear : tears()) {
            for (Tear secondTear : List.of(Tear.nothing(), Tear.prefix(512), Tear.hole(0), Tear.everything())) {
                cutTwice(firstTear, secondTear);
            }
        }
    }

    @Test
    void theCutIsReportedInBytes() throws IOException {
        FaultyLogFiles files = tornLog(Tear.prefix(4_096));

        assertThat(new LogRig(files).openClean().tornBytesCut()).isEqualTo(BLOCK_BYTES);
    }

    private static void survivesTear(Tear tear, long expectedLast) throws IOException {
        FaultyLogFiles files = tornLog(tear);
        LogRig after = new LogRig(files);

        assertThat(after.openClean().lastSequence()).isEqualTo(expectedLast);
        assertThat(after.write(LogRig.record(99, RECORD_BYTES))).isEqualTo(expectedLast + 1);

        RecoveredLog.Clean again = after.openClean();
        assertThat(again.tornBytesCut()).isZero();
        assertThat(again.lastSequence()).isEqualTo(expectedLast + 1);
        assertThat(after.read().get(1L)).isEqualTo(LogRig.record(1, RECORD_BYTES));
        assertThat(after.read().get(2L)).isEqualTo(LogRig.record(2, RECORD_BYTES));
        assertThat(after.read().get(expectedLast + 1)).isEqualTo(LogRig.record(99, RECORD_BYTES));
    }

    /** Cuts a block, goes on with another one in its place which is torn too, and puts the first one's bytes back. */
    private static void cutTwice(Tear firstTear, Tear secondTear) throws IOException {
        FaultyLogFiles files = tornLog(firstTear);
        LogRig rig = new LogRig(files);
        rig.openClean();
        files.losePowerAfter(0);
        rig.log().append(LogRig.record(50, RECORD_BYTES));
        assertThatThrownBy(rig::flush).isInstanceOf(PowerLoss.class);
        files.powerOn(secondTear, RandomGenerator.of("L64X128MixRandom"));
        FaultyLogFiles whole = tornLog(Tear.everything());
        String segment = SegmentNames.segment(1);
        if (files.names().contains(segment)) {
            files.replace(segment, whole.content(segment));
        }

        long last = rig.openClean().lastSequence();

        assertThat(rig.read().get(1L)).isEqualTo(LogRig.record(1, RECORD_BYTES));
        assertThat(rig.read().get(2L)).isEqualTo(LogRig.record(2, RECORD_BYTES));
        if (last == 3) {
            assertThat(rig.read().get(3L)).isEqualTo(LogRig.record(50, RECORD_BYTES));
        } else {
            assertThat(last).isEqualTo(2);
        }
    }

    /** Two durable records and a third during the writing of which the power went. */
    private static FaultyLogFiles tornLog(Tear tear) throws IOException {
        FaultyLogFiles files = new FaultyLogFiles();
        LogRig rig = new LogRig(files);
        rig.openClean();
        rig.write(LogRig.record(1, RECORD_BYTES));
        rig.write(LogRig.record(2, RECORD_BYTES));
        rig.log().append(LogRig.record(3, RECORD_BYTES));
        files.losePowerAfter(1);
        assertThatThrownBy(rig::flush).isInstanceOf(PowerLoss.class);
        assertThat(rig.durable()).isEqualTo(2);
        files.powerOn(tear, RandomGenerator.of("L64X128MixRandom"));
        return files;
    }

    private static List<Tear> tears() {
        List<Tear> tears = new ArrayList<>(List.of(Tear.nothing()));
        for (int sector = 0; !sectorsHoldAll(sector + 1); sector++) {
            tears.add(Tear.prefix((sector + 1) * Tear.SECTOR_BYTES));
            tears.add(Tear.hole(sector));
        }
        return tears;
    }

    private static boolean sectorsHoldAll(int sectors) {
        return sectors * Tear.SECTOR_BYTES >= writtenBytes();
    }

    private static int writtenBytes() {
        return BlockFormatV1.HEADER_BYTES + BlockFormatV1.FRAME_BYTES + RECORD_BYTES;
    }
}
