package io.quorate.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * TLC in a process of its own.
 *
 * <p>One worker searches breadth first, so a violation is found on a shortest way and every run finds the same.
 */
final class ModelChecker {
    private static final long MAX_MINUTES = 15;
    private static final String MAX_HEAP = "-Xmx2g";

    private final Path specifications;
    private final Path target;

    /**
     * @param specifications the folder of the modules
     * @param target where TLC may put files
     */
    ModelChecker(Path specifications, Path target) {
        this.specifications = specifications.toAbsolutePath();
        this.target = target.toAbsolutePath();
    }

    Run check(Model model) throws IOException, InterruptedException {
        Path folder = target.resolve("tlc").resolve(model.name());
        Path output = target.resolve("tlc").resolve(model.name() + ".out");
        delete(folder);
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(command(model, folder))
                .directory(specifications.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(model.name() + " takes longer than " + MAX_MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        delete(folder);
        return new Run(output, Files.readString(output));
    }

    private static List<String> command(Model model, Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MAX_HEAP,
                "-XX:+UseParallelGC",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "tlc2.TLC",
                "-workers",
                "1",
                "-metadir",
                folder.toString(),
                "-config",
                model.file().toAbsolutePath().toString(),
                model.module() + ".tla");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
