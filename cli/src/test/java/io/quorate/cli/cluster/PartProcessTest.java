package io.quorate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.cluster.Signals.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the very process that a file names is taken for it, and signalled. */
class PartProcessTest {
    private static final List<String> COMMAND = List.of("sleep", "600");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long AN_HOUR_MILLIS = 3_600_000;

    @TempDir
    Path root;

    private final Process sleeper = start();
    private final PartProcess process = PartProcess.of(sleeper.toHandle(), COMMAND);

    private static Process start() {
        try {
            return new ProcessBuilder(COMMAND).start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void end() {
        sleeper.destroyForcibly();
    }

    @Test
    void aPartsFileNamesItsProcess() throws Exception {
        PartFolder part = new PartFolder(root, "w1");

        part.record(process);

        assertThat(part.livingProcess()).contains(process);
        assertThat(root.resolve("pid")).hasContent(sleeper.pid() + "\n");
        assertThat(Files.readString(root.resolve("process.json")))
                .isEqualTo("{\"pid\":" + sleeper.pid() + ",\"startMillis\":" + process.startMillis()
                        + ",\"command\":[\"sleep\",\"600\"]}\n");
    }

    @Test
    void aProcessThatTookTheNumberOverIsNotIt() {
        PartProcess earlier = new PartProcess(process.pid(), process.startMillis() - AN_HOUR_MILLIS, COMMAND);

        assertThat(process.isAlive()).isTrue();
        assertThat(earlier.isAlive()).isFalse();
        assertThatThrownBy(() -> Signals.send(earlier, Signal.KILL)).isInstanceOf(CommandRefusedException.class);
        assertThat(sleeper.isAlive()).isTrue();
    }

    @Test
    void whatHasEndedIsNotAlive() throws Exception {
        Signals.send(process, Signal.KILL);

        assertThat(Signals.awaitEnd(process, LIMIT)).isTrue();
        assertThat(process.isAlive()).isFalse();
        assertThat(sleeper.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void aPausedProcessIsEndedToo() throws Exception {
        Signals.send(process, Signal.STOP);

        ChildPart.end(process);

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aDamagedFileNamesNobody() throws Exception {
        Files.writeString(root.resolve("process.json"), "{");

        assertThat(new PartFolder(root, "w1").livingProcess()).isEmpty();
    }

    @Test
    void theLastLineOfALogIsFound() throws Exception {
        PartFolder part = new PartFolder(root, "w1");
        assertThat(part.lastLine()).isEmpty();
        Files.writeString(part.log(), "one\ntwo\n\n");
        assertThat(part.lastLine()).isEqualTo("two");
    }
}
