package io.quorate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cli.CommandRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a running {@code up} is told what to do. */
class ControlPortTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final PartProcess SELF = PartProcess.of(ProcessHandle.current(), List.of("up"));

    @TempDir
    Path root;

    @Test
    void whoCanReadTheFileIsHeard() throws Exception {
        try (ControlPort port = ControlPort.open((action, id) -> action + " " + id)) {
            ControlFile file = new ControlFile(ControlFile.FORMAT, port.port(), port.token(), true, SELF);

            assertThat(ControlPort.ask(file, "stop", "w1", PATIENCE_MILLIS)).isEqualTo("stop w1");
        }
    }

    @Test
    void aRefusalComesBackAsOne() throws Exception {
        ControlPort.Handler refusing = (action, id) -> {
            throw new CommandRefusedException("not now");
        };
        try (ControlPort port = ControlPort.open(refusing)) {
            ControlFile file = new ControlFile(ControlFile.FORMAT, port.port(), port.token(), true, SELF);

            assertThatThrownBy(() -> ControlPort.ask(file, "stop", "w1", PATIENCE_MILLIS))
                    .isInstanceOf(CommandRefusedException.class)
                    .hasMessage("not now");
        }
    }

    @Test
    void whoDoesNotKnowTheTokenIsNot() throws Exception {
        ControlPort.Handler never = (action, id) -> {
            throw new AssertionError("nobody proved anything");
        };
        try (ControlPort port = ControlPort.open(never)) {
            ControlFile file = new ControlFile(ControlFile.FORMAT, port.port(), "guessed", true, SELF);

            assertThatThrownBy(() -> ControlPort.ask(file, "down", "", PATIENCE_MILLIS))
                    .isInstanceOf(CommandRefusedException.class)
                    .hasMessageContaining("does not answer");
        }
    }

    @Test
    void onlyItsOwnerCanReadTheFile() throws Exception {
        Path file = root.resolve("control.json");

        new ControlFile(ControlFile.FORMAT, 1, "secret", false, SELF).write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ControlFile.ofRunning(file))
                .get()
                .extracting(ControlFile::token)
                .isEqualTo("secret");
    }

    @Test
    void theFileOfAnUpThatHasEndedNamesNobody() throws Exception {
        Path file = root.resolve("control.json");
        PartProcess gone = new PartProcess(SELF.pid(), 0, List.of("up"));

        new ControlFile(ControlFile.FORMAT, 1, "secret", false, gone).write(file);

        assertThat(ControlFile.ofRunning(file)).isEmpty();
    }
}
