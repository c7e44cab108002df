package io.quorate.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SetAsideTest {
    @Test
    void theFilesAreKeptInAFolderOfTheirOwnAndANewLogBegins() throws IOException {
        FaultyLogFiles files = damagedLog();

        assertThat(SetAside.move(files, "20260101")).isEqualTo("aside-20260101");

        LogRig rig = new LogRig(files);
        assertThat(rig.openClean().lastSequence()).isZero();
        assertThat(files.allNames())
                .contains("aside-20260101/segment-0000000000000001.log", "notes.txt")
                .anyMatch(name -> name.startsWith("aside-20260101/segment-0000000000000002"));
        assertThat(rig.write(Bytes.utf8("a"))).isEqualTo(1);
    }

    @Test
    void aFolderOfTheSameLabelIsNotTouched() throws IOException {
        FaultyLogFiles files = damagedLog();
        SetAside.move(files, "x");

        assertThatThrownBy(() -> SetAside.move(files, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another label");
    }

    @Test
    void aCrashWhileFilesAreMovedNeverLeavesALogThatLooksWhole() throws IOException {
        for (int at = 0; at < 12; at++) {
            for (int seed = 0; seed < 5; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                FaultyLogFiles files = damagedLog();
                files.losePowerAfter(at);
                boolean interrupted = false;
                try {
                    SetAside.move(files, "x");
                } catch (PowerLoss expected) {
                    interrupted = true;
                }
                files.losePowerAfter(Long.MAX_VALUE);
                if (interrupted) {
                    files.powerOn(Tear.nothing(), random);
                }

                LogRig rig = new LogRig(files);
                RecoveredLog recovered = rig.open();

                if (recovered instanceof RecoveredLog.Clean clean) {
                    assertThat(clean.lastSequence()).isZero();
                    assertThat(files.allNames()).contains("aside-x/segment-0000000000000001.log");
                }
            }
        }
    }

    private static FaultyLogFiles damagedLog() throws IOException {
        FaultyLogFiles files = new FaultyLogFiles();
        files.replace("notes.txt", new byte[] {1});
        LogRig rig = new LogRig(files);
        rig.openClean();
        for (int i = 1; i <= 20; i++) {
            rig.write(LogRig.record(i, 3_000));
        }
        rig.tidy();
        files.flip(SegmentNames.segment(1), 4_096 + 500, 1);
        return files;
    }
}
