package io.quorate.core.replica;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every script under {@code scenarios}: what it says happens. */
final class ScenarioTest {
    @TestFactory
    Stream<DynamicTest> everyScenarioHappensAsItIsWritten() throws Exception {
        URI folder = Objects.requireNonNull(ScenarioTest.class.getResource("/scenarios"))
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
            return scripts.stream().map(file -> dynamicTest(name(file), () -> run(file)));
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    private static void run(Path file) throws IOException {
        ScenarioScript script = new ScenarioScript();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String command = line.replaceFirst("#.*", "").strip();
            if (!command.isEmpty()) {
                step(script, command, name(file) + ":" + number);
            }
        }
    }

    private static void step(ScenarioScript script, String command, String place) {
        try {
            script.run(command);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(place + ": " + command + System.lineSeparator() + e.getMessage(), e);
        }
    }
}
