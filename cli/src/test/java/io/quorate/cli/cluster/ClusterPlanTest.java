package io.quorate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cli.CommandRefusedException;
import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import io.quorate.server.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder's cluster consists of, the first time and afterwards. */
class ClusterPlanTest {

    @TempDir
    Path folder;

    @Test
    void portsAreWherePeopleExpectThem() throws Exception {
        ClusterPlan plan = request(3, 2, Map.of()).create();

        assertThat(plan.parts())
                .containsExactly(
                        new PartPlan("c1", Role.CONTROLLER, 8000, 9000),
                        new PartPlan("c2", Role.CONTROLLER, 8100, 9100),
                        new PartPlan("c3", Role.CONTROLLER, 8200, 9200),
                        new PartPlan("w1", Role.WORKER, 8001, 9001, OptionalInt.of(7001)),
                        new PartPlan("w2", Role.WORKER, 8002, 9002, OptionalInt.of(7002)));
    }

    @Test
    void portsForRedisClientsAreThousandBelowOrWhereTheyAreAskedFor() throws Exception {
        assertThat(redisFlags(request(1, 2, Map.of()).create())).containsExactly("7001", "7002");
        assertThat(redisFlags(request(1, 2, Map.of("REDIS_PORT", "6379")).create()))
                .containsExactly("6379", "6380");
        assertThat(redisFlags(request(1, 2, Map.of("REDIS_PORT", "off")).create()))
                .containsExactly("off", "off");
        assertThatThrownBy(() -> request(1, 3, Map.of("REDIS_PORT", "65534")).create())
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("REDIS_PORT");
    }

    private List<String> redisFlags(ClusterPlan plan) {
        return plan.parts().stream()
                .filter(PartPlan::isWorker)
                .map(part -> plan.flags(part, folder).getOrDefault(Setting.REDIS_PORT, ""))
                .toList();
    }

    @Test
    void everyPartIsToldWhatItNeeds() throws Exception {
        ClusterPlan plan = request(3, 4, Map.of("STORAGE", "json", "HEARTBEAT_TIMEOUT", "3"))
                .create();

        Map<Setting, String> worker = plan.flags(plan.part("w2").orElseThrow(), folder);
        Map<Setting, String> controller = plan.flags(plan.part("c2").orElseThrow(), folder);

        assertThat(worker)
                .containsEntry(
                        Setting.CONTROLLER_ADDRESSES,
                        "http://127.0.0.1:8000,http://127.0.0.1:8100,http://127.0.0.1:8200")
                .containsEntry(Setting.STORAGE, "json")
                .doesNotContainKeys(Setting.WRITE_QUORUM, Setting.HEARTBEAT_TIMEOUT);
        assertThat(controller)
                .containsEntry(
                        Setting.CONTROLLERS, "c1@127.0.0.1:8000:9000,c2@127.0.0.1:8100:9100,c3@127.0.0.1:8200:9200")
                .containsEntry(Setting.WRITE_QUORUM, "2")
                .containsEntry(Setting.HEARTBEAT_TIMEOUT, "3")
                .containsEntry(Setting.WORKERS, "4");
    }

    /** They may have been changed with {@code config set} since. */
    @Test
    void aClusterThatExistsIsNotToldItsReplicasAgain() throws Exception {
        ClusterPlan first = request(1, 4, Map.of("REPLICAS", "2")).create();
        ClusterPlan again = request(1, 4, Map.of()).again(first.asCreated(), folder);

        assertThat(again.flags(again.part("c1").orElseThrow(), folder))
                .doesNotContainKeys(Setting.REPLICAS, Setting.WRITE_QUORUM);
    }

    @Test
    void theFileKeepsThePlanInAFormatThatStays() throws Exception {
        ClusterFolder cluster = new ClusterFolder(folder);
        ClusterPlan plan = request(1, 4, Map.of("REQUEST_TIMEOUT", "1.5")).create();

        cluster.save(plan);

        assertThat(cluster.plan()).contains(plan);
        assertThat(Files.readString(folder.resolve("cluster.json"))).isEqualTo("""
                        {
                          "format" : 1,
                          "controllers" : 1,
                          "workers" : 4,
                          "port" : 8000,
                          "partitions" : 64,
                          "replicas" : 3,
                          "writeQuorum" : 2,
                          "storage" : "rocksdb",
                          "created" : false,
                          "settings" : {
                            "REQUEST_TIMEOUT" : "1.5"
                          }
                        }
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 8000, PARTITIONS, 64, --controllers 1",
        "1, 9000, PARTITIONS, 64, --port 8000",
        "1, 8000, PARTITIONS, 128, --partitions 64",
        "1, 8000, STORAGE, json, --storage rocksdb"
    })
    void anotherClusterIsNotMadeOfIt(int controllers, int port, String variable, String value, String named)
            throws Exception {
        ClusterPlan existing = request(1, 4, Map.of()).create().asCreated();
        ClusterRequest other = new ClusterRequest(
                Optional.of(controllers), Optional.empty(), Optional.of(port), settings(Map.of(variable, value)));

        assertThatThrownBy(() -> other.again(existing, folder))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("was created with " + named + ", not ");
    }

    @Test
    void theNumberOfWorkersMayChangeAndIsKept() throws Exception {
        ClusterPlan existing = request(1, 4, Map.of()).create().asCreated();
        ClusterRequest more =
                new ClusterRequest(Optional.empty(), Optional.of(6), Optional.empty(), settings(Map.of()));
        ClusterRequest same =
                new ClusterRequest(Optional.empty(), Optional.empty(), Optional.empty(), settings(Map.of()));

        assertThat(same.again(more.again(existing, folder), folder).workers()).isEqualTo(6);
    }

    @Test
    void aFolderIsHeldByOne() throws Exception {
        ClusterFolder cluster = new ClusterFolder(folder);
        try (ClusterFolder.Hold first = cluster.hold()) {
            assertThat(first.root()).isEqualTo(cluster.root());
            assertThatThrownBy(cluster::hold)
                    .isInstanceOf(CommandRefusedException.class)
                    .hasMessageContaining("already");
            assertThatThrownBy(cluster::hold).isInstanceOf(CommandRefusedException.class);
        }
        cluster.hold().close();
    }

    private static ClusterRequest request(int controllers, int workers, Map<String, String> environment)
            throws Exception {
        return new ClusterRequest(
                Optional.of(controllers), Optional.of(workers), Optional.empty(), settings(environment));
    }

    private static Settings settings(Map<String, String> environment) throws Exception {
        return Settings.of(Role.CLUSTER, Map.of(), environment, PropertiesFile.NONE);
    }
}
