package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The {@code quorate} command of the distribution. */
final class Quorate {
    private static final long PATIENCE_SECONDS = 90;

    private Quorate() {}

    /**
     * How a command ended.
     *
     * @param exitCode 0 when it was done
     * @param output everything that it printed
     */
    record Ended(int exitCode, String output) {
        List<String> lines() {
            return output.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** A folder of this run's own for a cluster or an output; it stays for whoever looks into a failure. */
    static Path freshFolder(String name) {
        try {
            Path target = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
            return Files.createTempDirectory(target, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the command; both of its outputs go to the file. */
    static Process start(Path output, Map<String, String> environment, List<String> arguments) {
        String dist = Objects.requireNonNull(System.getProperty("quorate.dist"), "quorate.dist is not set");
        List<String> command = new ArrayList<>();
        command.add(Path.of(dist, "bin", "quorate").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command to its end. */
    static Ended run(Map<String, String> environment, List<String> arguments) {
        Path output = freshFolder("run").resolve("output.txt");
        Process process = start(output, environment, arguments);
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as("%s ends; it printed: %s", arguments, printed).isTrue();
            return new Ended(process.exitValue(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Ended run(String... arguments) {
        return run(Map.of(), List.of(arguments));
    }
}
