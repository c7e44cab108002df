package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.acceptance.process.PortBlock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import picocli.CommandLine;

/** A short storm over a cluster of real processes; what this machine does not allow is left out, and said. */
class TortureIT {
    private static final String SEED = "20";
    private static final String FAULTS = "kill,kill-controller,pause,pause-controller,lose-disk,cut,fill-disk";

    @Test
    void a_short_storm_breaks_no_promise_and_a_read_that_is_changed_afterwards_is_found(TestReporter reporter)
            throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath())
                .resolve("torture");

        Ended ended = torture(
                "--minutes=0.6",
                "--seed=" + SEED,
                "--faults=" + FAULTS,
                "--data=" + folder,
                "--port=" + PortBlock.free());

        reporter.publishEntry("torture", ended.printed());
        assertThat(ended.exitCode()).as(ended.printed()).isZero();
        assertThat(torture("--check=" + changed(folder)).exitCode()).isEqualTo(TortureMain.VIOLATION);
    }

    /** The recorded history with one read that saw what was never written. */
    private static Path changed(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("history.jsonl")));
        int read = 0;
        while (!lines.get(read).contains("\"found\":\"")) {
            read++;
        }
        lines.set(read, lines.get(read).replaceFirst("\"found\":\"[^\"]*\"", "\"found\":\"planted\""));
        return Files.write(folder.resolve("changed.jsonl"), lines);
    }

    private record Ended(int exitCode, String printed) {}

    private static Ended torture(String... words) {
        StringWriter printed = new StringWriter();
        CommandLine command =
                TortureMain.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        return new Ended(command.execute(words), printed.toString());
    }
}
