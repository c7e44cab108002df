package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.acceptance.process.Watching.Shown;
import io.quorate.api.Revision;
import io.quorate.client.QuorateClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Watches while clients write and leaders are killed: each change is shown once, and those of a key in order. */
class WatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FAIL_OVERS = 2;
    private static final int WRITES_BETWEEN = 600;
    private static final int LEAVES_AFTER = 40;

    @Test
    void every_change_is_shown_once_and_in_order_over_two_fail_overs(TestReporter reporter)
            throws InterruptedException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("watch", "--partitions", "8");
                QuorateClient client = QuorateClient.builder()
                        .address(cluster.address("c1"))
                        .deadline(Duration.ofSeconds(30))
                        .build();
                Watching patient = new Watching(cluster, "watched/", _ -> false);
                Watching restless = new Watching(cluster, "watched/", taken -> taken >= LEAVES_AFTER)) {
            await("both watch").atMost(PATIENCE).until(() -> patient.hasBegun() && restless.hasBegun());
            WatchedLoad load = new WatchedLoad(client);
            load.start();
            for (int i = 0; i < FAIL_OVERS; i++) {
                awaitWrites(load);
                String leader =
                        cluster.get("c1", "/map?key=" + WatchedLoad.key(i)).text("primaryId");
                cluster.kill(leader);
                awaitWrites(load);
                cluster.start(leader);
                cluster.awaitWhole(Duration.ofSeconds(60));
            }
            load.end();
            for (Watching watching : List.of(patient, restless)) {
                await("all is shown").atMost(PATIENCE).until(() -> missing(load, watching) == 0);
                eachOnceAndInOrder(load, watching);
            }
            reporter.publishEntry("%d writes applied; %d and %d changes shown, at %d and %d workers one after another"
                    .formatted(
                            load.count(),
                            patient.shown().size(),
                            restless.shown().size(),
                            patient.stays(),
                            restless.stays()));
            assertThat(restless.stays()).isGreaterThan(10);
        }
    }

    private static void awaitWrites(WatchedLoad load) {
        int before = load.count();
        await("the clients write").atMost(PATIENCE).until(() -> load.count() > before + WRITES_BETWEEN);
    }

    private static long missing(WatchedLoad load, Watching watching) {
        Map<String, String> shown = watching.shown().stream()
                .collect(Collectors.toMap(each -> each.key() + " " + each.revision(), Shown::made, (one, two) -> one));
        return load.applied().keySet().stream()
                .filter(write -> !shown.containsKey(write))
                .count();
    }

    private static void eachOnceAndInOrder(WatchedLoad load, Watching watching) {
        assertThat(watching.complaints()).isEmpty();
        Map<String, String> applied = load.applied();
        Map<String, Revision> last = new HashMap<>();
        for (Shown each : watching.shown()) {
            Revision revision = Revision.parse(each.revision()).orElseThrow();
            Revision before = last.put(each.key(), revision);
            assertThat(before == null || before.compareTo(revision) < 0)
                    .as("%s comes after %s", each, before)
                    .isTrue();
            String made = applied.get(each.key() + " " + each.revision());
            if (made == null) {
                assertThat(load.mayBe(each.key(), each.made()))
                        .as("%s was written", each)
                        .isTrue();
            } else {
                assertThat(each.made()).isEqualTo(made);
            }
        }
    }
}
