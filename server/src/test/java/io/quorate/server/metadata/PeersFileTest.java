package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.server.metadata.PeersFile.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersFileTest {
    private static final Membership MEMBERSHIP = new Membership(
            "my cluster",
            "c2",
            List.of(
                    new ControllerPeer("c1", "localhost", 9000),
                    new ControllerPeer("c2", "::1", 9100),
                    new ControllerPeer("c3", "host-3.example", 9200)));
    private static final String GOLDEN = """
            quorate-controllers 1
            group my cluster
            self c2
            controller c1 localhost 9000
            controller c2 ::1 9100
            controller c3 host-3.example 9200
            crc32c ffe1690b
            """;

    @TempDir
    private Path folder;

    @Test
    void theTextOfVersion1StaysAsItIs() {
        assertThat(PeersFile.encode(MEMBERSHIP)).isEqualTo(GOLDEN);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException, MetadataLogRefused {
        assertThat(PeersFile.read(folder)).isEmpty();
        PeersFile.write(folder, MEMBERSHIP);
        assertThat(PeersFile.read(folder)).contains(MEMBERSHIP);
    }

    @Test
    void everyChangedCharacterIsNoticed() throws IOException {
        for (int i = 0; i < GOLDEN.length(); i++) {
            StringBuilder changed = new StringBuilder(GOLDEN);
            changed.setCharAt(i, '#');
            Files.writeString(PeersFile.in(folder), changed);
            assertThatExceptionOfType(MetadataLogRefused.class).isThrownBy(() -> PeersFile.read(folder));
        }
    }

    @Test
    void aNewerVersionIsNamed() throws IOException {
        Files.writeString(PeersFile.in(folder), "quorate-controllers 2\nsomething else\n");
        assertThatExceptionOfType(MetadataLogRefused.class)
                .isThrownBy(() -> PeersFile.read(folder))
                .withMessageContaining("format version 2");
    }
}
