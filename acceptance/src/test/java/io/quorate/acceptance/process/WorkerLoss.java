package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;

/** What has to hold when a process is killed under write load. */
final class WorkerLoss {
    static final int PARTITIONS = 64;
    private static final String BEFORE = "before";
    private static final int KEYS = 10_000;
    private static final int WRITES_UNDER_WAY = 300;
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WHOLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration FOLLOW_LIMIT = Duration.ofSeconds(10);

    private final ClusterUnderTest cluster;
    private final TestReporter reporter;

    WorkerLoss(ClusterUnderTest cluster, TestReporter reporter) {
        this.cluster = cluster;
        this.reporter = reporter;
    }

    static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
    }

    /** A worker that leads partitions. */
    String aLeader() {
        return cluster.partitions().path("partitions").path(0).path("leader").asString("");
    }

    /** Kills it under load: every key can be written again in time, and no answer was wrong. */
    void killUnderLoad(String id) {
        List<String> keys = keys();
        writeAll(BEFORE, other(id));
        try (WriteLoad load = WriteLoad.on(cluster, keys, PARTITIONS, BEFORE)) {
            load.awaitAcknowledged(WRITES_UNDER_WAY);
            long killedNanos = System.nanoTime();
            cluster.kill(id);
            Duration returned = load.returned(killedNanos, PARTITIONS, PATIENCE);
            load.stop();
            reporter.publishEntry("writes after the kill of " + id, returned.toMillis() + " ms; " + load.summary());
            String reader = other(id);
            InParallel.map(keys, key -> {
                Answer read = cluster.read(reader, key);
                assertThat(read.status()).as("%s: %s", key, read.body()).isIn(200, 404);
                load.assertAllowed(key, read.text("value"));
                return key;
            });
            assertThat(returned).isLessThanOrEqualTo(RETURN_LIMIT);
        }
    }

    /** Every partition has three live replicas in time, without that worker. */
    void awaitReplaced(String worker) {
        long begunNanos = System.nanoTime();
        await("replaced")
                .atMost(WHOLE_LIMIT)
                .untilAsserted(() -> assertThat(replicas().values())
                        .allSatisfy(replicas -> assertThat(replicas).hasSize(3).doesNotContain(worker)));
        cluster.awaitWhole(WHOLE_LIMIT);
        reporter.publishEntry(
                "re-replication",
                Duration.ofNanos(System.nanoTime() - begunNanos).toMillis() + " ms");
    }

    /** Writes this value to every key; the balancer may move a leader meanwhile, which leaves a write undecided. */
    void writeAll(String value, String worker) {
        InParallel.map(keys(), key -> {
            await(key)
                    .pollDelay(Duration.ZERO)
                    .atMost(FOLLOW_LIMIT)
                    .until(() -> cluster.put(worker, key, value).isSuccess());
            return key;
        });
    }

    /** Each key has this value in each of its replicas. */
    void assertInAllReplicas(String value) {
        Map<Integer, Set<String>> replicas = replicas();
        InParallel.map(keys(), key -> {
            for (String worker : replicas.getOrDefault(ClusterUnderTest.partition(key, PARTITIONS), Set.of())) {
                await(key + " in " + worker)
                        .pollDelay(Duration.ZERO)
                        .atMost(FOLLOW_LIMIT)
                        .untilAsserted(
                                () -> assertThat(cluster.readLocal(worker, key).text("value"))
                                        .isEqualTo(value));
            }
            return key;
        });
    }

    /** That worker has the value or does not answer from a replica of its own. */
    void assertNothingStale(String worker, String value) {
        InParallel.map(keys(), key -> {
            Answer local = cluster.readLocal(worker, key);
            if (local.isSuccess()) {
                assertThat(local.text("value")).as("%s in %s", key, worker).isEqualTo(value);
            } else {
                assertThat(local.status()).as(local.body()).isIn(421, 503);
            }
            assertThat(cluster.read(worker, key).text("value")).isEqualTo(value);
            return key;
        });
    }

    private static String other(String id) {
        return id.equals("w1") ? "w2" : "w1";
    }

    private Map<Integer, Set<String>> replicas() {
        Map<Integer, Set<String>> replicas = new HashMap<>();
        ClusterUnderTest.stream(cluster.partitions().path("partitions"))
                .forEach(partition -> replicas.put(
                        partition.path("partition").asInt(-1),
                        ClusterUnderTest.stream(partition.path("replicas"))
                                .map(replica -> replica.path("worker").asString(""))
                                .collect(Collectors.toSet())));
        return replicas;
    }
}
