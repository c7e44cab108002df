package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private final FaultyLogFiles files = new FaultyLogFiles();
    private final LogRig rig = new LogRig(files);

    @Test
    void onAFullDiskTheCurrentSegmentStillTakesRecords() throws IOException {
        rig.openClean();
        files.limitTo(files.usedBytes() + 1_000);

        assertThat(rig.log().tidyOnce()).isEqualTo(Housekeeping.Chore.HINDERED);
        rig.write(LogRig.record(1, 3_000));

        assertThat(rig.durable()).isEqualTo(1);
        assertThat(rig.log().stats().preparationFailures()).isEqualTo(1);
        assertThat(rig.failures()).isEmpty();
        assertThat(SegmentNames.fillings(files.names())).isEmpty();
    }

    @Test
    void whatIsLeftOfADiskIsNotFilledInVain() throws IOException {
        rig.openClean();
        files.limitTo(files.usedBytes() + 1_000);
        files.tellFreeBytes();
        long before = files.operations();

        assertThat(rig.log().tidyOnce()).isEqualTo(Housekeeping.Chore.HINDERED);

        assertThat(files.operations()).isEqualTo(before);
        assertThat(rig.log().freeBytes()).isEqualTo(1_000);
    }

    @Test
    void withoutRoomForASegmentTheWriterWaitsAndGoesOnWhenOldOnesAreReleased() throws IOException {
        rig.openClean();
        for (int i = 1; i <= 20; i++) {
            rig.write(LogRig.record(i, 3_000));
        }
        files.limitTo(files.usedBytes());
        long appended = fillUntilStarved();
        assertThat(rig.log().stats().starved()).isTrue();
        assertThat(rig.durable()).isLessThan(appended);

        rig.log().release(rig.durable());
        rig.flush();

        assertThat(rig.durable()).isEqualTo(appended);
        assertThat(rig.log().stats().starved()).isFalse();
        assertThat(rig.openClean().lastSequence()).isEqualTo(appended);
    }

    @Test
    void theWriterGoesOnWhenTheDiskHasRoomAgain() throws IOException {
        rig.openClean();
        files.limitTo(files.usedBytes());
        long appended = fillUntilStarved();
        files.limitTo(Long.MAX_VALUE);

        rig.flush();

        assertThat(rig.durable()).isEqualTo(appended);
    }

    @Test
    void aLogThatCannotMakeItsFirstSegmentSaysSoAndLeavesTheOldOneAsItWas() throws IOException {
        rig.openClean();
        rig.write(LogRig.record(1, 3_000));
        files.limitTo(files.usedBytes());

        assertThatThrownBy(rig::open).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        files.limitTo(Long.MAX_VALUE);

        assertThat(rig.openClean().lastSequence()).isEqualTo(1);
    }

    @Test
    void renamesThatFailAreTriedAgain() throws IOException {
        rig.openClean();
        for (int i = 1; i <= 20; i++) {
            rig.write(LogRig.record(i, 3_000));
        }
        rig.tidy();
        rig.log().release(15);
        files.failRenames(true);
        assertThat(rig.log().tidyOnce()).isEqualTo(Housekeeping.Chore.HINDERED);
        files.failRenames(false);
        rig.tidy();

        assertThat(rig.openClean().firstSequence()).isGreaterThan(1);
        assertThat(rig.read().lastKey()).isEqualTo(20);
    }

    @Test
    void clientWritesLoseTheirRoomBeforeTheLogGivesUp() throws IOException {
        rig.openClean();
        assertThat(rig.log().hasRoom()).isTrue();
        while (rig.log().hasRoom()) {
            rig.log().append(LogRig.record(1, 10_000));
        }
        assertThat(rig.log().stats().pendingBytes()).isBetween(1L << 20, (1L << 20) + 11_000);
        rig.log().append(LogRig.record(1, 10_000));
        assertThat(rig.failures()).isEmpty();

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 400; i++) {
                        rig.log().append(LogRig.record(1, 10_000));
                    }
                })
                .isInstanceOf(IllegalStateException.class);
        assertThat(rig.failures()).hasSize(1);
    }

    private long fillUntilStarved() throws IOException {
        long appended = 0;
        LogWriter.Step step = LogWriter.Step.IDLE;
        while (step != LogWriter.Step.STARVED || rig.log().tidyOnce() == Housekeeping.Chore.DONE) {
            if (step != LogWriter.Step.STARVED) {
                appended = rig.log().append(LogRig.record(1, 3_000));
            }
            step = rig.log().writeOnce();
        }
        return appended;
    }
}
