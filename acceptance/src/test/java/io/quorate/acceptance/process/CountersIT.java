package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.acceptance.process.CountingLoad.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** 64 clients count on one key, and the worker that leads it is killed on the way. */
class CountersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void every_addition_counts_once_although_the_leader_is_killed(TestReporter reporter) throws InterruptedException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("counters")) {
            Map<Way, Integer> wanted = new EnumMap<>(Map.of(
                    Way.ADD, 3_000, Way.ADD_ONCE, 3_000, Way.COMPARE_AND_SET, 200, Way.COMPARE_AND_SET_ONCE, 200));
            for (Map.Entry<Way, Integer> each : wanted.entrySet()) {
                count(cluster, each.getKey(), each.getValue(), reporter);
            }
        }
    }

    private static void count(ClusterUnderTest cluster, Way way, int wanted, TestReporter reporter)
            throws InterruptedException {
        String key = "count-" + way;
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        BooleanSupplier patience = () -> System.nanoTime() < endNanos;
        CountingLoad load = new CountingLoad(cluster, way, key, wanted);
        load.start(patience);
        await("a third of the additions").atMost(PATIENCE).until(() -> load.applied() > wanted / 3);
        String leader = leader(cluster, key);
        cluster.kill(leader);
        load.join();
        cluster.start(leader);
        cluster.awaitWhole(Duration.ofSeconds(60));

        int count = count(cluster, key);
        String found = "%s: %d counted, %d known to be applied, %d unknown"
                .formatted(way, count, load.applied(), load.unknown());
        reporter.publishEntry(found);
        assertThat(load.applied()).as(found).isGreaterThanOrEqualTo(wanted);
        if (way.isRepeatable()) {
            assertThat(load.unknown()).as(found).isZero();
        }
        assertThat(count).as(found).isBetween(load.applied(), load.applied() + load.unknown());
    }

    private static int count(ClusterUnderTest cluster, String key) {
        try {
            return Integer.parseInt(cluster.ask("w1", "GET", key, Map.of("Accept", "application/octet-stream"), "")
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String leader(ClusterUnderTest cluster, String key) {
        return cluster.get("c1", "/map?key=" + key).text("primaryId");
    }
}
