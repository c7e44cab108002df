package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.controller.MetadataLog;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of its work. */
class RatisMetadataLogKillTest {
    private static final int KILLS = 2;
    private static final int COMMITTED_BEFORE_EACH = 70;

    @TempDir
    private Path folder;

    @Test
    void whatWasCommittedSurvivesAKill() throws IOException, InterruptedException {
        int port = RatisGroups.peers(1).getFirst().port();
        Path noted = folder.resolve("committed");
        for (int kill = 1; kill <= KILLS; kill++) {
            Process controller = start(port, noted);
            int enough = kill * COMMITTED_BEFORE_EACH;
            Eventually.holds(enough + " commands are committed", () -> count(noted) >= enough);
            controller.destroyForcibly().waitFor();
        }
        assertThat(recovered(port))
                .startsWith(IntStream.range(0, count(noted))
                        .mapToObj(KilledController::command)
                        .toArray(String[]::new));
    }

    private List<String> recovered(int port) {
        RecordingListener listener = new RecordingListener();
        try (MetadataLog log = RatisGroups.open(KilledController.settings(folder, port), listener)) {
            Eventually.holds("it is active", () -> log.activity().active());
            return listener.commandsWhenActivated();
        }
    }

    private Process start(int port, Path noted) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledController.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        noted.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "output"))
                .start();
    }

    /** How many are noted; the numbers that the process noted are 0, 1, 2 and so on, in order. */
    private static int count(Path noted) {
        try {
            return Files.exists(noted)
                    ? Math.toIntExact(Files.readString(noted).lines().distinct().count())
                    : 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
