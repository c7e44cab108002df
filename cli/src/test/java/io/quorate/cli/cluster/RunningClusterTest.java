package io.quorate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Role;
import io.quorate.server.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole cluster within this process. */
class RunningClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path root;

    private final CopyOnWriteArrayList<String> said = new CopyOnWriteArrayList<>();

    @Test
    void aClusterServesStopsAPartStartsItAgainAndComesBackWithItsData() throws Exception {
        int port = freePort();
        ClusterFolder folder = new ClusterFolder(root);
        RunningCluster cluster = start(folder, Optional.of(port), Map.of("PARTITIONS", "8"));
        try (ClusterClient client = new ClusterClient(cluster.plan().controllerAddresses(), LIMIT)) {
            assertThat(cluster.awaitReady(LIMIT)).isEmpty();
            put(client, "kept");
            assertThat(get(client)).isEqualTo("kept");

            ClusterControl control = new ClusterControl(folder);
            assertThat(control.stop("w3")).isEqualTo("w3 is stopped");
            assertThat(control.stop("w3")).isEqualTo("w3 does not run");
            assertThat(control.start("w3")).isEqualTo("w3 is started");
            assertThat(said).containsExactly("w3 was stopped", "w3 was started");
            assertThatThrownBy(() -> control.kill("w1"))
                    .isInstanceOf(CommandRefusedException.class)
                    .hasMessageContaining("--processes");
            assertThatThrownBy(() -> control.stop("w4")).hasMessageContaining("c1, w1, w2, w3");
            assertThatThrownBy(() -> start(folder, Optional.empty(), Map.of())).hasMessageContaining("already");
        } finally {
            cluster.stopAll();
        }

        RunningCluster again = start(folder, Optional.empty(), Map.of());
        try (ClusterClient client = new ClusterClient(again.plan().controllerAddresses(), LIMIT)) {
            assertThat(again.plan().partitions()).isEqualTo(8);
            assertThat(again.awaitReady(LIMIT)).isEmpty();
            assertThat(get(client)).isEqualTo("kept");
        } finally {
            again.stopAll();
        }
    }

    private RunningCluster start(ClusterFolder folder, Optional<Integer> port, Map<String, String> environment)
            throws Exception {
        Settings settings = Settings.of(Role.CLUSTER, Map.of(), environment, PropertiesFile.NONE);
        ClusterRequest request = new ClusterRequest(Optional.empty(), Optional.of(3), port, settings);
        RunningCluster.Events events = new RunningCluster.Events() {
            @Override
            public void partEnded(String id, String line) {
                said.add(id + ": " + line);
            }

            @Override
            public void changed(String line) {
                said.add(line);
            }
        };
        RunningCluster cluster = RunningCluster.prepare(folder, request, false, events);
        cluster.start();
        return cluster;
    }

    private static void put(ClusterClient client, String value) throws Exception {
        client.worker(
                client.workersFor("k"), new Http.Asked("PUT", "/kv/k", Optional.of(ClusterClient.valueBody(value))));
    }

    private static String get(ClusterClient client) throws Exception {
        List<String> workers = client.workersFor("k");
        return client.worker(workers, new Http.Asked("GET", "/kv/k", Optional.empty()))
                .json()
                .path("value")
                .asString("");
    }

    /** The first of a row of ports that nobody has. */
    private static int freePort() throws Exception {
        for (int port = 20_000; port < 60_000; port += 137) {
            if (isFree(port, 4) && isFree(port + 1_000, 4)) {
                return port;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            } catch (java.io.IOException taken) {
                return false;
            }
        }
        return true;
    }
}
