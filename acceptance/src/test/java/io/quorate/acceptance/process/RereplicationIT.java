package io.quorate.acceptance.process;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class RereplicationIT {
    @Test
    void a_killed_worker_loses_nothing_is_replaced_and_rejoins_with_nothing_stale(TestReporter reporter) {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("rereplication")) {
            WorkerLoss loss = new WorkerLoss(cluster, reporter);
            String victim = loss.aLeader();
            String other = victim.equals("w1") ? "w2" : "w1";

            loss.killUnderLoad(victim);
            loss.awaitReplaced(victim);
            loss.writeAll("after", other);
            loss.assertInAllReplicas("after");

            cluster.start(victim);
            loss.assertNothingStale(victim, "after");
            await("rejoined")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> cluster.status(victim).equals("up"));
            loss.assertNothingStale(victim, "after");
            cluster.awaitWhole(Duration.ofSeconds(30));
        }
    }
}
