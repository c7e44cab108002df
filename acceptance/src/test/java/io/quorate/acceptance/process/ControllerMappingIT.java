package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControllerMappingIT {
    private static final List<String> WORKERS = List.of("w1", "w2", "w3", "w4");

    @SuppressWarnings("NullAway.Init")
    private static ClusterUnderTest cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterUnderTest.up("mapping");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void the_mapping_of_a_key_names_its_primary_and_two_other_workers() {
        Answer map = cluster.get("c1", "/map?key=demo-key");

        assertThat(map.status()).isEqualTo(200);
        assertThat(map.text("key")).isEqualTo("demo-key");
        assertThat(map.json().path("partition").asInt(-1)).isEqualTo(ClusterUnderTest.partition("demo-key", 64));
        assertThat(map.json().path("term").asInt(0)).isPositive();
        List<String> replicas = ClusterUnderTest.stream(map.json().path("replicas"))
                .map(each -> each.asString(""))
                .toList();
        List<String> all =
                Stream.concat(Stream.of(map.text("primary")), replicas.stream()).toList();
        assertThat(all).hasSize(3).doesNotHaveDuplicates();
        assertThat(WORKERS.stream().map(cluster::address)).containsAll(all);
    }

    @Test
    void the_health_of_the_controller_counts_its_workers() {
        Answer health = cluster.get("c1", "/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body()).startsWith("{\"status\":\"controller up\",\"workers_count\":4");
    }

    @Test
    void all_workers_are_listed_as_up_with_their_addresses() {
        Answer workers = cluster.get("c1", "/workers");

        assertThat(ClusterUnderTest.stream(workers.json().path("workers")))
                .allSatisfy(worker -> {
                    assertThat(worker.path("status").asString("")).isEqualTo("up");
                    assertThat(worker.path("lastHeartbeatMillisAgo").asLong(-1)).isBetween(0L, 6_000L);
                    assertThat(worker.path("address").asString(""))
                            .isEqualTo(cluster.address(worker.path("id").asString("")));
                })
                .extracting(worker -> worker.path("id").asString(""))
                .containsExactlyInAnyOrderElementsOf(WORKERS);
    }

    @Test
    void a_worker_tells_its_health_and_who_it_is() {
        for (String worker : WORKERS) {
            Answer health = cluster.get(worker, "/health");

            assertThat(health.text("status")).isEqualTo("worker up");
            assertThat(health.text("id")).isEqualTo(worker);
        }
    }

    @Test
    void a_write_through_any_worker_is_read_from_every_worker() throws IOException {
        for (String writer : WORKERS) {
            Answer written = cluster.put(writer, "mykey", "hello from " + writer);

            assertThat(written.isSuccess()).as(written.body()).isTrue();
            assertThat(written.text("key")).isEqualTo("mykey");
            assertThat(written.json().path("acks").asInt(0)).isBetween(2, 3);
            assertThat(written.json().path("replicas").asInt(0)).isEqualTo(3);
            assertThat(written.json().path("quorum").asInt(0)).isEqualTo(2);
            for (String reader : WORKERS) {
                Answer read = cluster.read(reader, "mykey");
                assertThat(read.status()).isEqualTo(200);
                assertThat(read.text("value")).isEqualTo("hello from " + writer);
                assertThat(read.text("revision")).isEqualTo(written.text("revision"));
            }
        }
    }

    @Test
    void the_keys_of_a_worker_are_those_of_the_partitions_it_holds() throws IOException {
        cluster.put("w1", "listed", "here");
        java.util.Set<String> holders = holders("listed");

        assertThat(holders).hasSize(3);
        for (String worker : WORKERS) {
            await(worker + "'s keys").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                JsonNode page = cluster.get(worker, "/keys").json();
                List<String> keys = ClusterUnderTest.stream(page.path("keys"))
                        .map(each -> each.asString(""))
                        .toList();
                assertThat(page.path("count").asInt(-1)).isEqualTo(keys.size());
                assertThat(keys.contains("listed")).as("%s lists it", worker).isEqualTo(holders.contains(worker));
            });
        }
    }

    @Test
    void the_partitions_have_a_leader_and_three_healthy_replicas_each() {
        JsonNode document = cluster.partitions();

        assertThat(ClusterUnderTest.stream(document.path("partitions")))
                .hasSize(64)
                .allSatisfy(partition -> {
                    assertThat(partition.path("leader").asString("")).isIn(WORKERS);
                    assertThat(ClusterUnderTest.stream(partition.path("replicas")))
                            .hasSize(3)
                            .allMatch(replica -> replica.path("healthy").asBoolean(false));
                });
        assertThat(document.path("summary").path("underReplicated").asInt(-1)).isZero();
    }

    @Test
    void a_replicated_record_wins_only_when_it_is_newer() throws IOException {
        cluster.put("w1", "imported", "mine");

        Answer older = cluster.post("w2", "/replicate/imported", "{\"value\":\"older\",\"originTimeMillis\":5}");
        assertThat(older.status()).isEqualTo(200);
        assertThat(older.json().path("written").asBoolean(true)).isFalse();
        assertThat(cluster.read("w3", "imported").text("value")).isEqualTo("mine");

        Answer untimed = cluster.post("w2", "/replicate/imported", "{\"value\":\"untimed\"}");
        assertThat(untimed.json().path("written").asBoolean(true)).isFalse();

        Answer newer =
                cluster.post("w2", "/replicate/imported", "{\"value\":\"newer\",\"originTimeMillis\":4000000000000}");
        assertThat(newer.isSuccess()).as(newer.body()).isTrue();
        assertThat(cluster.read("w3", "imported").text("value")).isEqualTo("newer");
    }

    @Test
    void a_pull_with_nothing_to_repair_says_so() throws IOException {
        cluster.put("w1", "pulled", "whole");

        Answer pull = cluster.post("w2", "/pull", "");

        assertThat(pull.status()).isEqualTo(200);
        assertThat(pull.json().path("partitions").asInt(0)).isPositive();
        assertThat(pull.json().path("repaired").asInt(-1)).isZero();
        assertThat(List.of("behind", "snapshots", "bytes", "millis"))
                .allMatch(member -> pull.json().path(member).isNumber());
    }

    private static java.util.Set<String> holders(String key) {
        JsonNode map = cluster.get("c1", "/map?key=" + key).json();
        TreeSet<String> holders = new TreeSet<>();
        holders.add(map.path("primaryId").asString(""));
        ClusterUnderTest.stream(map.path("replicaIds")).forEach(each -> holders.add(each.asString("")));
        return holders;
    }
}
