package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDamageTest {
    private static final int RECORD_BYTES = 3_000;
    private static final int USED_BYTES = BlockFormatV1.HEADER_BYTES + BlockFormatV1.FRAME_BYTES + RECORD_BYTES;
    private static final int RECORDS = 30;

    private final FaultyLogFiles files = new FaultyLogFiles();
    private final LogRig rig = new LogRig(files);

    @Test
    void aFlippedBitInAnyBlockButTheLastIsDamage() throws IOException {
        writeRecords();
        List<SegmentInfo> segments = rig.log().segments();
        for (SegmentInfo segment : segments) {
            long blocks = blocksIn(segment);
            for (long block = 0; block < blocks; block++) {
                boolean last = segment.equals(segments.getLast()) && block == blocks - 1;
                if (!last) {
                    flipAndOpen(SegmentNames.segment(segment.use()), block);
                }
            }
        }
        assertThat(rig.openClean().lastSequence()).isEqualTo(RECORDS);
    }

    @Test
    void aFlippedBitInTheLastBlockIsCutLikeATornOne() throws IOException {
        writeRecords();
        SegmentInfo last = rig.log().segments().getLast();
        files.flip(SegmentNames.segment(last.use()), (blocksIn(last) - 1) * 4_096 + 500, 3);

        RecoveredLog.Clean clean = rig.openClean();

        assertThat(clean.lastSequence()).isEqualTo(RECORDS - 1);
        assertThat(clean.tornBytesCut()).isEqualTo(4_096);
    }

    @Test
    void afterAnOrderlyCloseEvenTheLastRecordsBlockCannotBeTakenForTorn() throws IOException {
        writeRecords();
        SegmentInfo last = rig.log().segments().getLast();
        rig.log().writeEnd();
        files.flip(SegmentNames.segment(last.use()), (blocksIn(last) - 1) * 4_096 + 500, 3);

        assertThat(corrupt().lastSequence()).isEqualTo(RECORDS - 1);
    }

    @Test
    void damageBehindALostLastBlockIsFoundByItsHeaderAlone() throws IOException {
        writeRecords();
        SegmentInfo last = rig.log().segments().getLast();
        String name = SegmentNames.segment(last.use());
        files.flip(name, (blocksIn(last) - 1) * 4_096 + 500, 3);
        files.flip(name, (blocksIn(last) - 2) * 4_096 + 500, 3);

        RecoveredLog.Corrupt corrupt = corrupt();

        assertThat(corrupt.lastSequence()).isEqualTo(RECORDS - 2);
        assertThat(corrupt.knownSequence()).isEqualTo(RECORDS);
    }

    @Test
    void aMissingSegmentInTheMiddleIsDamage() throws IOException {
        writeRecords();
        SegmentInfo middle = rig.log().segments().get(1);
        files.remove(SegmentNames.segment(middle.use()));

        RecoveredLog.Corrupt corrupt = corrupt();

        assertThat(corrupt.lastSequence()).isEqualTo(middle.firstSequence() - 1);
        assertThat(corrupt.knownSequence()).isGreaterThan(middle.lastSequence());
        assertThat(corrupt.reason()).contains("is missing").contains("Nothing was changed");
    }

    @Test
    void missingSegmentsBesideSpareOnesAreDamage() throws IOException {
        writeRecords();
        byte[] used = files.content(SegmentNames.segment(1));
        files.names().forEach(files::remove);
        files.replace(SegmentNames.spare(1), used);

        assertThat(corrupt().reason()).contains("all segments are missing");
    }

    @Test
    void aSegmentOfAnotherLogIsDamageEvenIfItWouldFit() throws IOException {
        FaultyLogFiles others = new FaultyLogFiles();
        LogRig other = new LogRig(others, LogRig.SMALL, 77);
        writeRecords(other);
        writeRecords();
        String name = SegmentNames.segment(1);
        files.replace(name, others.content(name));

        RecoveredLog.Corrupt corrupt = corrupt();

        assertThat(corrupt.segment()).isEqualTo(SegmentNames.segment(2));
        assertThat(corrupt.reason()).contains("belongs to another log");
    }

    @Test
    void aSegmentThatLostItsEndIsDamage() throws IOException {
        writeRecords();
        String name = SegmentNames.segment(1);
        byte[] content = files.content(name);
        files.replace(name, Arrays.copyOf(content, content.length - 100));

        assertThat(corrupt().reason()).contains("lost its end");
    }

    @Test
    void anUnreadableSectorIsDamage() throws IOException {
        writeRecords();
        files.failReadsOf(SegmentNames.segment(rig.log().segments().getLast().use()));

        assertThat(corrupt().reason()).contains("cannot be read: Input/output error");
    }

    @Test
    void aLogWhoseOnlySegmentHasLostItsBeginningIsNotTakenForANewOne() throws IOException {
        rig.openClean();
        rig.write(LogRig.record(1, RECORD_BYTES));
        files.flip(SegmentNames.segment(1), 30, 1);

        assertThat(corrupt().lastSequence()).isZero();
    }

    @Test
    void openingADamagedLogChangesNothing() throws IOException {
        writeRecords();
        files.flip(SegmentNames.segment(2), 600, 1);
        long before = files.operations();

        RecoveredLog.Corrupt corrupt = corrupt();

        assertThat(files.operations()).isEqualTo(before);
        assertThat(corrupt.segment()).isIn(SegmentNames.segment(1), SegmentNames.segment(2));
        assertThat(corrupt.lastSequence()).isLessThan(corrupt.knownSequence());
    }

    private void flipAndOpen(String name, long block) throws IOException {
        boolean isEmpty = name.equals(SegmentNames.segment(1)) && block == 0;
        int[] offsets = isEmpty ? new int[] {0, 25, 66} : new int[] {0, 5, 12, 18, 25, 45, 66, 100, USED_BYTES - 1};
        for (int offset : offsets) {
            files.flip(name, block * 4_096 + offset, offset % 8);
            RecoveredLog recovered = rig.open();
            assertThat(recovered)
                    .as("%s block %d byte %d", name, block, offset)
                    .isInstanceOf(RecoveredLog.Corrupt.class);
            files.flip(name, block * 4_096 + offset, offset % 8);
        }
    }

    private RecoveredLog.Corrupt corrupt() throws IOException {
        RecoveredLog recovered = rig.open();
        assertThat(recovered).isInstanceOf(RecoveredLog.Corrupt.class);
        return (RecoveredLog.Corrupt) recovered;
    }

    private long blocksIn(SegmentInfo segment) {
        boolean first = segment.use() == 1;
        return segment.lastSequence() - segment.firstSequence() + 1 + (first ? 1 : 0);
    }

    private void writeRecords() throws IOException {
        writeRecords(rig);
    }

    private static void writeRecords(LogRig rig) throws IOException {
        rig.openClean();
        for (int i = 1; i <= RECORDS; i++) {
            rig.write(LogRig.record(i, RECORD_BYTES));
        }
    }
}
