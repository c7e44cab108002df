package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before anything is started: one line and an exit code. */
class RefusalTest {

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();
    private final StringWriter printed = new StringWriter();

    static Stream<Arguments> wrongCommandLines() {
        return Stream.of(
                Arguments.of("up --workers 0", "--workers is 0"),
                Arguments.of("up --workers 100", "1 to 99"),
                Arguments.of("up --controllers 2", "1, 3 or 5"),
                Arguments.of("up --port 65000", "--port is 65000"),
                Arguments.of("up --replicas 2 --write-quorum 3", "a quorum cannot be larger"),
                Arguments.of("up --workers 1", "--write-quorum 1"),
                Arguments.of("up --partitions 100", "power of two"),
                Arguments.of("up --storage tape", "one of rocksdb, json"),
                Arguments.of("worker --port none", "PORT is 'none' (from --port)"),
                Arguments.of("worker --host 0.0.0.0 --port 8001", "set ADDRESS as well"),
                Arguments.of("worker --port 65000", "PEER_PORT"),
                Arguments.of("controller --controllers c1@a:1:2,c2@b:1:2", "1, 3 or 5"),
                Arguments.of("controller --config none.properties", "--config"),
                Arguments.of("config set COLOUR 3", "no setting of the cluster"),
                Arguments.of("config set REPLICAS many", "a whole number from 1 to 7"),
                Arguments.of("config set PARTITIONS 128", "fixed"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommandLines")
    void aWrongSettingEndsWithOneLineAndExitCode2(String line, String expected) {
        String data = line.startsWith("up") ? " --data " + folder : "";

        assertThat(run(line + data)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines()).singleElement().asString().contains(expected);
    }

    @Test
    void anUnknownVerbOrFlagEndsWithExitCode2() {
        assertThat(run("fly")).isEqualTo(ExitCode.USAGE);
        assertThat(run("up --wrokers 3")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutAClusterItsVerbsSaySo() {
        for (String verb : new String[] {"down", "stop w1", "start w1", "kill w1", "pause w1", "resume w1"}) {
            errors.getBuffer().setLength(0);
            assertThat(run(verb + " --data " + folder)).isEqualTo(ExitCode.REFUSED);
            assertThat(errors.toString().lines()).singleElement().asString().contains("quorate up");
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort() - 1;

            assertThat(run("up --workers 3 --port " + port + " --data " + folder))
                    .isEqualTo(ExitCode.REFUSED);
            assertThat(errors.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("Port " + taken.getLocalPort())
                    .contains("w1");
        }
    }

    @Test
    void aFolderOfANewerReleaseIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("cluster.json"), "{\"format\": 9}");

        assertThat(run("up --data " + folder)).isEqualTo(ExitCode.REFUSED);
        assertThat(errors.toString().lines()).singleElement().asString().contains("format 9");
        assertThat(folder.resolve("cluster.json")).hasContent("{\"format\": 9}");
    }

    @Test
    void nobodyThereIsNotAFailedWrite() {
        assertThat(run("put k v --controller http://127.0.0.1:1")).isEqualTo(ExitCode.UNREACHED);
        assertThat(errors.toString().lines()).singleElement().asString().contains("No controller or worker answers");
        assertThat(run("put k v -o json --worker http://127.0.0.1:1")).isEqualTo(ExitCode.UNREACHED);
        assertThat(printed.toString()).contains("\"outcome\":\"not_applied\"");
    }

    private int run(String line) {
        return Main.commandLine()
                .setErr(new PrintWriter(errors, true))
                .setOut(new PrintWriter(printed, true))
                .execute(line.split(" "));
    }
}
