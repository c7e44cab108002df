package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class ThreeControllersIT {
    @Test
    void the_loss_of_the_active_controller_and_then_of_a_worker_are_survived(TestReporter reporter) {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("controllers", "--controllers", "3")) {
            WorkerLoss loss = new WorkerLoss(cluster, reporter);
            String active = cluster.activeController();

            loss.killUnderLoad(active);
            await("another controller is active")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(cluster.activeController()).isNotEqualTo(active));

            String victim = loss.aLeader();
            loss.killUnderLoad(victim);
            loss.awaitReplaced(victim);
            String other = victim.equals("w1") ? "w2" : "w1";
            loss.writeAll("after", other);
            loss.assertInAllReplicas("after");
        }
    }
}
