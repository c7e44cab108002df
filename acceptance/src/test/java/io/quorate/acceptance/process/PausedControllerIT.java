package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PausedControllerIT {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration BALANCED = Duration.ofSeconds(11);
    private static final Duration SETTLED = Duration.ofSeconds(5);

    @Test
    void an_only_controller_that_was_suspended_goes_on_without_a_change_of_terms() {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("paused")) {
            List<Integer> terms = awaitSettledTerms(cluster);

            cluster.pause("c1");
            await("writes go on meanwhile")
                    .during(PAUSE)
                    .atMost(PAUSE.multipliedBy(2))
                    .until(() -> cluster.put("w1", "meanwhile", "written").isSuccess());
            cluster.resume("c1");

            await("the controller answers")
                    .atMost(SETTLED)
                    .until(() -> cluster.tryGet("c1", "/health").isSuccess());
            await("no term changes")
                    .during(SETTLED)
                    .atMost(SETTLED.multipliedBy(2))
                    .untilAsserted(() -> assertThat(terms(cluster)).isEqualTo(terms));
            assertThat(cluster.workers())
                    .allMatch(worker -> cluster.status(worker).equals("up"));
        }
    }

    /** A young cluster still spreads its leaders, a few at a time; that would change terms without any pause. */
    private static List<Integer> awaitSettledTerms(ClusterUnderTest cluster) {
        AtomicReference<List<Integer>> seen = new AtomicReference<>(List.of());
        await("leaders are spread")
                .during(BALANCED)
                .atMost(BALANCED.multipliedBy(8))
                .until(() -> {
                    List<Integer> now = terms(cluster);
                    return now.equals(seen.getAndSet(now));
                });
        return seen.get();
    }

    private static List<Integer> terms(ClusterUnderTest cluster) {
        return ClusterUnderTest.stream(cluster.get("c1", "/partitions").json().path("partitions"))
                .map(partition -> partition.path("term").asInt(-1))
                .toList();
    }
}
