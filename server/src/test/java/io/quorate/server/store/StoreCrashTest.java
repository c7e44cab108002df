package io.quorate.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.KeyValueStore;
import io.quorate.core.port.ReplicaMeta;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills processes in the middle of what they do and opens what they leave. */
class StoreCrashTest {
    /** More than a process does between two reports. */
    private static final int STEPS_BEYOND = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @CsvSource({"rocksdb, 1", "rocksdb, 2", "json, 1", "json, 2"})
    void aKilledProcessLeavesWhatItSynced(String which, long seed) throws Exception {
        Random random = new Random(seed);
        Process writer = start(which, seed);
        int reported = 0;
        try (BufferedReader progress = writer.inputReader()) {
            for (int reports = 5 + random.nextInt(60); reports > 0; reports--) {
                String line = progress.readLine();
                assertThat(line).as("the writer ended").isNotNull();
                reported = Integer.parseInt(line);
            }
            writer.destroyForcibly().waitFor();
        }

        ReplicaModel model = new ReplicaModel(CrashingWriter.PARTITION, seed);
        try (KeyValueStore store = CrashingWriter.open(which, folder)) {
            ReplicaMeta meta = Objects.requireNonNull(store.replicas().get(CrashingWriter.PARTITION));
            int survived = (int) meta.applied().index();
            while (model.size() < survived + STEPS_BEYOND) {
                model.think();
            }
            model.synced(reported);
            model.checkAndRepeat(store, which.equals("rocksdb"));
        }
    }

    private Process start(String which, long seed) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CrashingWriter.class.getName(), which, folder.toString(), Long.toString(seed)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
