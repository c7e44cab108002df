package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BadStartsIT {
    @SuppressWarnings("NullAway.Init")
    private static ClusterUnderTest cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterUnderTest.up("first", "--workers", "1", "--write-quorum", "1", "--replicas", "1");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        int port = PortBlock.free();
        try (ServerSocket taken = new ServerSocket(port + 2, 1, InetAddress.getLoopbackAddress())) {
            Quorate.Ended up = up(Quorate.freshFolder("taken"), "--port", Integer.toString(port));

            assertRefused(up, Integer.toString(taken.getLocalPort()), "w2");
        }
    }

    @Test
    void a_folder_from_which_a_cluster_runs_is_refused() {
        Quorate.Ended second = up(cluster.folder());

        assertRefused(second, "runs from", cluster.folder().toString());
    }

    @Test
    void a_worker_on_the_folder_of_a_running_worker_is_refused() {
        Quorate.Ended second = worker(cluster.folder().resolve("w1").resolve("data"), "w1", cluster.address("c1"));

        assertRefused(second, cluster.folder().resolve("w1").toString());
    }

    @Test
    void a_write_quorum_that_the_workers_cannot_reach_is_refused() {
        Quorate.Ended up = up(Quorate.freshFolder("few"), "--workers", "1", "--write-quorum", "2");

        assertRefused(up, "write quorum");
    }

    @Test
    void a_write_quorum_above_the_replicas_is_refused() {
        Quorate.Ended up = up(Quorate.freshFolder("few"), "--replicas", "2", "--write-quorum", "3");

        assertRefused(up, "WRITE_QUORUM");
    }

    @Test
    void settings_that_contradict_the_cluster_of_the_folder_are_refused() {
        try (ClusterUnderTest ended =
                ClusterUnderTest.up("ended", "--workers", "1", "--write-quorum", "1", "--replicas", "1")) {
            ended.losePower();

            assertRefused(up(ended.folder(), "--controllers", "3"), "--controllers 1, not 3");
            assertRefused(up(ended.folder(), "--partitions", "8"), "--partitions 64, not 8");
        }
    }

    @Test
    void a_worker_whose_folder_belongs_to_another_cluster_is_refused() {
        try (ClusterUnderTest other =
                ClusterUnderTest.up("other", "--workers", "1", "--write-quorum", "1", "--replicas", "1")) {
            other.losePower();

            Quorate.Ended worker = worker(other.folder().resolve("w1").resolve("data"), "w1", cluster.address("c1"));

            // Only the controller knows, so by then the worker has said where it answers.
            assertThat(worker.exitCode()).as(worker.output()).isNotZero();
            assertThat(worker.lines().getLast()).contains("belongs to cluster", "CONTROLLER");
        }
    }

    private static Quorate.Ended up(Path data, String... flags) {
        List<String> arguments = new java.util.ArrayList<>(List.of("up", "--processes", "--data", data.toString()));
        arguments.addAll(List.of(flags));
        return Quorate.run(Map.of(), arguments);
    }

    private static Quorate.Ended worker(Path data, String id, String controller) {
        int port = PortBlock.free();
        return Quorate.run(
                Map.of(
                        "CONTROLLER",
                        controller,
                        "ID",
                        id,
                        "DATA_DIR",
                        data.toString(),
                        "PORT",
                        Integer.toString(port),
                        "PEER_PORT",
                        Integer.toString(port + 1_000),
                        "ADDRESS",
                        "http://127.0.0.1:" + port),
                List.of("worker"));
    }

    private static void assertRefused(Quorate.Ended ended, String... parts) {
        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        assertThat(ended.lines()).as("one line").hasSize(1);
        assertThat(ended.output()).contains(parts);
    }
}
