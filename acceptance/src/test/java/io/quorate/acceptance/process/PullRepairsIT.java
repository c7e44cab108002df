package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PullRepairsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void a_record_damaged_behind_a_replicas_back_is_found_and_repaired() throws IOException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("pull", "--workers", "3", "--storage", "json")) {
            cluster.put("w1", "damaged", "right");
            String leader = cluster.get("c1", "/map?key=damaged").text("primaryId");
            String follower = List.of("w1", "w2").stream()
                    .filter(worker -> !worker.equals(leader))
                    .findFirst()
                    .orElseThrow();
            awaitLocal(cluster, follower, "right");

            cluster.stop(follower);
            damage(cluster.folder().resolve(follower));
            cluster.start(follower);
            cluster.awaitWhole(LIMIT);
            awaitLocal(cluster, follower, "wrong");

            Answer pull = cluster.post(follower, "/pull", "");

            assertThat(pull.status()).as(pull.body()).isEqualTo(200);
            assertThat(pull.json().path("repaired").asInt(0)).as(pull.body()).isPositive();
            awaitLocal(cluster, follower, "right");
            assertThat(cluster.read(follower, "damaged").text("value")).isEqualTo("right");
        }
    }

    private static void awaitLocal(ClusterUnderTest cluster, String worker, String value) {
        await(worker + " has " + value).atMost(LIMIT).untilAsserted(() -> {
            Answer local = cluster.readLocal(worker, "damaged");
            assertThat(local.text("value")).as(local.body()).isEqualTo(value);
        });
    }

    private static void damage(Path part) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            Path record =
                    files.filter(file -> file.endsWith("damaged")).findFirst().orElseThrow();
            String content = Files.readString(record);
            assertThat(content).contains("\"right\"");
            Files.writeString(record, content.replace("\"right\"", "\"wrong\""));
        }
    }
}
