package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QuorumIT {
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(30);

    /** So long a heartbeat timeout that nothing is replaced: the surviving leaders would go on with the spare worker. */
    @Test
    void two_of_three_replicas_down_refuse_writes_until_one_returns_while_other_partitions_go_on() {
        try (ClusterUnderTest cluster =
                ClusterUnderTest.up("quorum", "--partitions", "16", "--heartbeat-timeout", "60")) {
            List<String> keys = keyOfEach(16);
            List<JsonNode> partitions = ClusterUnderTest.stream(
                            cluster.partitions().path("partitions"))
                    .toList();
            Set<String> down = Set.of("w2", "w3");
            List<String> blocked = keys.stream()
                    .filter(key -> replicas(partitions.get(ClusterUnderTest.partition(key, 16)))
                            .containsAll(down))
                    .toList();
            List<String> others =
                    keys.stream().filter(key -> !blocked.contains(key)).toList();
            assertThat(blocked).isNotEmpty();
            assertThat(others).isNotEmpty();

            down.forEach(cluster::kill);

            // Once at once, and once after the controller has noticed.
            assertThat(writeAll(cluster, blocked)).allMatch(status -> status == 503 || status == 504);
            await("both suspected")
                    .atMost(RETURN_LIMIT)
                    .until(() -> down.stream()
                            .allMatch(worker -> cluster.status(worker).equals("suspected")));
            others.forEach(key -> awaitWritable(cluster, key));
            assertThat(writeAll(cluster, blocked)).allMatch(status -> status == 503 || status == 504);
            assertThat(writeAll(cluster, others)).allMatch(status -> status / 100 == 2);

            cluster.start("w2");

            blocked.forEach(key -> awaitWritable(cluster, key));
            assertThat(writeAll(cluster, keys)).allMatch(status -> status / 100 == 2);
        }
    }

    @Test
    void with_a_write_quorum_of_three_a_lost_worker_is_replaced_and_writes_return() {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("all", "--partitions", "16", "--write-quorum", "3")) {
            cluster.kill("w3");

            keyOfEach(16).forEach(key -> awaitWritable(cluster, key));
            cluster.awaitWhole(RETURN_LIMIT);
            assertThat(ClusterUnderTest.stream(cluster.partitions().path("partitions")))
                    .allSatisfy(partition ->
                            assertThat(replicas(partition)).hasSize(3).doesNotContain("w3"));
            assertThat(writeAll(cluster, keyOfEach(16))).allMatch(status -> status / 100 == 2);
        }
    }

    @Test
    void with_a_write_quorum_of_one_a_lost_worker_that_led_nothing_is_replaced_while_writes_go_on() throws IOException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("one", "--partitions", "1", "--write-quorum", "1")) {
            JsonNode partition = cluster.partitions().path("partitions").path(0);
            String leader = partition.path("leader").asString("");
            String follower = replicas(partition).stream()
                    .filter(worker -> !worker.equals(leader))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();

            cluster.kill(follower);

            await("replaced").atMost(RETURN_LIMIT).untilAsserted(() -> {
                assertThat(cluster.put(leader, "any", "value").isSuccess()).isTrue();
                assertThat(replicas(cluster.partitions().path("partitions").path(0)))
                        .hasSize(3)
                        .doesNotContain(follower);
            });
            cluster.awaitWhole(RETURN_LIMIT);
            assertThat(cluster.put(leader, "any", "value").isSuccess()).isTrue();
        }
    }

    private static void awaitWritable(ClusterUnderTest cluster, String key) {
        await(key + " is writable")
                .atMost(RETURN_LIMIT)
                .until(() -> cluster.put("w1", key, "back").isSuccess());
    }

    /** The statuses of a write to each key, all at once: a refusal may take as long as the request timeout. */
    private static List<Integer> writeAll(ClusterUnderTest cluster, List<String> keys) {
        return InParallel.map(keys, key -> {
            try {
                return cluster.put("w4", key, "value").status();
            } catch (IOException e) {
                throw new AssertionError("no answer for " + key, e);
            }
        });
    }

    private static Set<String> replicas(JsonNode partition) {
        return ClusterUnderTest.stream(partition.path("replicas"))
                .map(replica -> replica.path("worker").asString(""))
                .collect(Collectors.toSet());
    }

    /** A key of each partition. */
    private static List<String> keyOfEach(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> IntStream.iterate(0, i -> i + 1)
                        .mapToObj(i -> "key-" + i)
                        .filter(key -> ClusterUnderTest.partition(key, partitions) == partition)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
