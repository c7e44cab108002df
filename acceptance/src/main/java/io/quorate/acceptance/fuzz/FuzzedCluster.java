package io.quorate.acceptance.fuzz;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.cluster.ClusterFolder;
import io.quorate.cli.cluster.ClusterRequest;
import io.quorate.cli.cluster.RunningCluster;
import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Role;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A controller and four workers in this process. */
final class FuzzedCluster implements AutoCloseable {
    static final int WORKERS = 4;
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final RunningCluster cluster;
    private final int port;

    /**
     * Starts one that is ready on return.
     *
     * @param folder emptied before, if a cluster was in it
     * @param port of the controller; the workers' follow
     * @param ended hears of a part that ended by itself
     * @throws IllegalStateException when it cannot start
     */
    FuzzedCluster(Path folder, int port, Consumer<String> ended) {
        this.port = port;
        try {
            empty(folder);
            cluster = RunningCluster.prepare(new ClusterFolder(folder), request(port), false, events(ended));
            cluster.start();
        } catch (IOException | CommandRefusedException | SettingsRefusedException refused) {
            throw new IllegalStateException("The cluster cannot start: " + refused.getMessage(), refused);
        }
        List<String> missing = cluster.awaitReady(READY_LIMIT);
        if (!missing.isEmpty()) {
            close();
            throw new IllegalStateException("The cluster is not ready: " + String.join("; ", missing));
        }
    }

    private static ClusterRequest request(int port) throws SettingsRefusedException {
        Settings settings = Settings.of(Role.CLUSTER, Map.of(), Map.of("PARTITIONS", "16"), PropertiesFile.NONE);
        return new ClusterRequest(Optional.of(1), Optional.of(WORKERS), Optional.of(port), settings);
    }

    private static RunningCluster.Events events(Consumer<String> ended) {
        return new RunningCluster.Events() {
            @Override
            public void partEnded(String id, String line) {
                ended.accept(id + " has ended: " + line);
            }

            @Override
            public void changed(String line) {
                // Nobody asks for a change.
            }
        };
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("cluster.json"))) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The ports of the controller and of the workers. */
    List<Integer> ports() {
        return IntStream.rangeClosed(0, WORKERS).mapToObj(i -> port + i).toList();
    }

    @Override
    public void close() {
        cluster.stopAll();
    }
}
