package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.quorate.api.Bytes;
import io.quorate.server.metadata.SnapshotFormatV1.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SnapshotFormatV1Test {
    private static final Path FILE = Path.of("snapshot.7_4711");
    private static final Snapshot SNAPSHOT = new Snapshot(7, 4_711, Bytes.utf8("state"));
    private static final String GOLDEN =
            "51524d455441" + "0001" + "0000000000000007" + "0000000000001267" + "00000005" + "7374617465" + "35b2d581";

    @Test
    void theBytesOfVersion1StayAsTheyAre() {
        assertThat(HexFormat.of().formatHex(SnapshotFormatV1.encode(SNAPSHOT))).isEqualTo(GOLDEN);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        assertThat(SnapshotFormatV1.decode(FILE, HexFormat.of().parseHex(GOLDEN)))
                .isEqualTo(SNAPSHOT);
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] whole = SnapshotFormatV1.encode(SNAPSHOT);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            assertThatIOException().isThrownBy(() -> SnapshotFormatV1.decode(FILE, changed));
        }
    }

    @Test
    void everyCutIsNoticed() {
        byte[] whole = SnapshotFormatV1.encode(SNAPSHOT);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIOException().isThrownBy(() -> SnapshotFormatV1.decode(FILE, cut));
        }
    }

    @Test
    void aNewerVersionIsNamed() {
        byte[] newer = SnapshotFormatV1.encode(SNAPSHOT);
        newer[7] = 2;
        assertThatIOException()
                .isThrownBy(() -> SnapshotFormatV1.decode(FILE, newer))
                .withMessageContaining("format version 2");
    }
}
