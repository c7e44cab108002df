package io.quorate.acceptance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.acceptance.process.PortBlock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Requests made at random against a cluster in this process. */
class FuzzIT {
    @Test
    void ten_thousand_requests_are_answered_as_they_have_to_be_and_the_cluster_goes_on(TestReporter reporter)
            throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath())
                .resolve("fuzz");
        StringWriter printed = new StringWriter();

        int exitCode = FuzzMain.commandLine(false)
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute("--requests=10000", "--seed=20", "--data=" + folder, "--port=" + PortBlock.free());

        reporter.publishEntry("fuzz", printed.toString());
        assertThat(exitCode).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains("Nothing is wrong.");
    }
}
