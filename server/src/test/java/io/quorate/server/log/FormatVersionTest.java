package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FormatVersionTest {
    private final FaultyLogFiles files = new FaultyLogFiles();
    private final LogRig rig = new LogRig(files);

    @Test
    void aLogOfAnotherVersionIsRefusedWithOneLineAndNotTouched() throws IOException {
        for (int version : new int[] {0, 2, 255}) {
            byte[] content = new byte[8_192];
            new BlockPrefix(version, 5).write(ByteBuffer.wrap(content), 0);
            files.replace(SegmentNames.segment(5), content);
            long before = files.operations();

            RecoveredLog recovered = rig.open();

            assertThat(recovered)
                    .isEqualTo(new RecoveredLog.Refused(
                            SegmentNames.segment(5),
                            version,
                            "segment-0000000000000005.log is of log format version " + version
                                    + ", this version of Quorate reads 1: start the version that wrote it."
                                    + " Nothing was changed"));
            assertThat(files.operations()).isEqualTo(before);
        }
    }

    @Test
    void whatAnotherVersionLeftInARecycledFileDoesNotCount() throws IOException {
        rig.openClean();
        rig.write(Bytes.utf8("a"));
        byte[] content = new byte[LogRig.SMALL.segmentBytes()];
        new BlockPrefix(2, 1).write(ByteBuffer.wrap(content), 0);
        files.replace(SegmentNames.segment(9), content);

        assertThat(rig.openClean().lastSequence()).isEqualTo(1);
    }
}
