package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecyclingTest {
    private final FaultyLogFiles files = new FaultyLogFiles();
    private final LogRig rig = new LogRig(files);

    @Test
    void wholeSegmentsBelowTheReleasedSequenceGoAndOthersStay() throws IOException {
        rig.openClean();
        write(1, 42);
        List<SegmentInfo> before = rig.log().segments();
        SegmentInfo third = before.get(2);

        rig.log().release(third.lastSequence());
        rig.tidy();
        assertThat(rig.log().segments()).isEqualTo(before.subList(2, before.size()));
        rig.log().release(third.lastSequence() + 1);
        rig.tidy();

        assertThat(rig.log().segments()).isEqualTo(before.subList(3, before.size()));
        assertThat(rig.openClean().firstSequence()).isEqualTo(third.lastSequence() + 1);
        assertThat(rig.read().firstKey()).isEqualTo(third.lastSequence() + 1);
    }

    @Test
    void theCurrentSegmentStaysHoweverMuchIsReleased() throws IOException {
        rig.openClean();
        write(1, 42);
        rig.log().release(Long.MAX_VALUE);
        rig.tidy();

        assertThat(rig.log().segments()).hasSize(1);
        assertThat(rig.openClean().lastSequence()).isEqualTo(42);
    }

    @Test
    void aSegmentStaysUntilTwoBlocksStandBehindIt() throws IOException {
        rig.openClean();
        write(1, 5);
        while (rig.log().segments().getLast().firstSequence() < rig.durable()) {
            write((int) rig.durable() + 1, 1);
        }
        rig.log().release(Long.MAX_VALUE);
        rig.tidy();
        assertThat(rig.log().segments()).hasSize(2);

        write((int) rig.durable() + 1, 1);
        rig.tidy();

        assertThat(rig.log().segments()).hasSize(1);
    }

    @Test
    void recycledFilesNeverBringTheirOldRecordsBack() throws IOException {
        rig.openClean();
        long recycled = 0;
        for (int round = 0; round < 20; round++) {
            write(round * 10 + 1, 10);
            rig.log().release(rig.durable());
            rig.tidy();
            recycled += rig.log().stats().segmentsRecycled();
            rig.openClean();
            rig.tidy();
            assertThat(rig.read().lastKey()).isEqualTo(round * 10L + 10);
            rig.read().forEach((sequence, record) -> assertThat(record).isEqualTo(LogRig.record(sequence, 3_000)));
        }
        assertThat(recycled).isGreaterThan(10);
        assertThat(files.names()).hasSizeLessThan(6);
    }

    @Test
    void noMoreSparesAreKeptThanAskedFor() throws IOException {
        rig.openClean();
        write(1, 60);
        rig.log().release(Long.MAX_VALUE);
        rig.tidy();

        assertThat(SegmentNames.spares(files.names())).hasSizeLessThanOrEqualTo(LogRig.SMALL.spareSegments());
        assertThat(SegmentNames.segments(files.names())).hasSize(2);
    }

    private void write(int first, int count) throws IOException {
        for (int i = first; i < first + count; i++) {
            rig.write(LogRig.record(i, 3_000));
        }
    }
}
