package io.quorate.acceptance.torture;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the operating system, run to its end within a bound. */
final class SystemCommand {
    private static final long LIMIT_SECONDS = 10;

    private SystemCommand() {}

    /**
     * How it ended.
     *
     * @param output what it printed, both outputs, without blanks at the ends
     */
    record Ended(int exitCode, String output) {
        boolean isDone() {
            return exitCode == 0;
        }
    }

    /** Runs it; a program that is not there ends with 127. */
    static Ended run(String... words) {
        try {
            Process process = new ProcessBuilder(List.of(words))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Ended(124, String.join(" ", words) + " does not end");
            }
            return new Ended(process.exitValue(), output);
        } catch (IOException notThere) {
            return new Ended(127, String.valueOf(notThere.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(130, "interrupted");
        }
    }

    /** Runs it; what does not succeed is an error of the machine. */
    static void must(String... words) {
        Ended ended = run(words);
        if (!ended.isDone()) {
            throw new IllegalStateException("'" + String.join(" ", words) + "' failed: " + ended.output());
        }
    }

    /** Whether a program of that name is on the path. */
    static boolean exists(String name) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Whether this process may do everything. */
    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException otherSystem) {
            return false;
        }
    }
}
