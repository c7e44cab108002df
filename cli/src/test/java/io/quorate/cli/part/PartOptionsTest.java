package io.quorate.cli.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Role;
import io.quorate.server.config.Settings;
import io.quorate.server.wiring.ControllerOptions;
import io.quorate.server.wiring.StorageKind;
import io.quorate.server.wiring.WorkerOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings mean for a controller and a worker. */
class PartOptionsTest {

    @Test
    void theSeedsVariablesStartAWorker() throws Exception {
        WorkerOptions options = worker(Map.of(
                "CONTROLLER", "http://localhost:8000",
                "ADDRESS", "http://localhost:8002",
                "ID", "w2",
                "WRITE_QUORUM", "1"));

        assertThat(options.id()).contains("w2");
        assertThat(options.controllers()).containsExactly("http://localhost:8000");
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.httpPort()).isEqualTo(8002);
        assertThat(options.peerPort()).isEqualTo(9002);
        assertThat(options.advertisedHttp()).contains("http://localhost:8002");
        assertThat(options.writeQuorum()).contains(1);
        assertThat(options.dataDir()).isEqualTo(Path.of("quorate-data", "w2"));
        assertThat(options.storage()).isEqualTo(StorageKind.ROCKSDB);
        assertThat(options.requestTimeoutMillis()).isEqualTo(2_000);
    }

    @Test
    void aPortThatIsGivenIsBoundWhateverTheAddressSays() throws Exception {
        WorkerOptions options = worker(Map.of("ADDRESS", "http://gateway:80", "PORT", "8005"));

        assertThat(options.httpPort()).isEqualTo(8005);
        assertThat(options.advertisedHttp()).contains("http://gateway:80");
        assertThat(options.allowedHosts()).contains("gateway");
    }

    @Test
    void inAContainerOthersAreToldTheNameOfTheAddress() throws Exception {
        WorkerOptions options = worker(Map.of("HOST", "0.0.0.0", "ADDRESS", "http://worker1:8001", "ID", "w1"));

        assertThat(options.advertisedPeer()).contains("worker1:9001");
    }

    @Test
    void theImageKeepsItsDataInItsVolume() throws Exception {
        Settings settings = Settings.of(Role.WORKER, Map.of(), Map.of("ID", "w1"), PropertiesFile.NONE);

        assertThat(new PartOptions(settings, true).worker().dataDir()).isEqualTo(Path.of("/app/data"));
    }

    @ParameterizedTest
    @CsvSource({"'http://localhost:8001,http://localhost:8002', 2", "4, 4", "'', 0"})
    void workersNamesHowManyAreExpected(String workers, int expected) throws Exception {
        assertThat(controller(Map.of("WORKERS", workers)).expectedWorkers()).isEqualTo(expected);
    }

    @Test
    void aControllerAloneNeedsNothing() throws Exception {
        ControllerOptions options = controller(Map.of());

        assertThat(options.id()).isEqualTo("c1");
        assertThat(options.httpPort()).isEqualTo(8000);
        assertThat(options.group())
                .containsExactly(new ControllerOptions.Peer("c1", "http://127.0.0.1:8000", "127.0.0.1", 9000));
        assertThat(options.writeQuorum()).isEmpty();
        assertThat(options.heartbeatTimeoutMillis()).isEqualTo(6_000);
    }

    @Test
    void aControllerOfAGroupTakesItsPortsFromIt() throws Exception {
        ControllerOptions options =
                controller(Map.of("ID", "c2", "CONTROLLERS", "c1@ctl1:8000:9000,c2@ctl2:8100:9100,c3@ctl3:8200:9200"));

        assertThat(options.httpPort()).isEqualTo(8100);
        assertThat(options.group())
                .extracting(ControllerOptions.Peer::http)
                .containsExactly("http://ctl1:8000", "http://ctl2:8100", "http://ctl3:8200");
        assertThat(options.allowedHosts()).contains("ctl1", "ctl2", "ctl3");
    }

    @ParameterizedTest
    @CsvSource({
        "8002, '', 7002",
        "8002, 6379, 6379",
        "8002, off, ''",
        "8002, OFF, ''",
        "1001, '', 1",
        "1000, '', ''",
        "80, '', ''",
    })
    void redisClientsHaveAPortOfTheirOwn(String port, String redis, String bound) throws Exception {
        OptionalInt expected = bound.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(bound));

        assertThat(worker(Map.of("PORT", port, "REDIS_PORT", redis)).redisPort())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "localhost, false", "::1, false", "0.0.0.0, true", "10.0.0.7, true", "::, true"})
    void onlyLoopbackIsClosedToOtherMachines(String host, boolean open) {
        assertThat(PartOptions.isOpen(host)).isEqualTo(open);
    }

    private static WorkerOptions worker(Map<String, String> environment) throws Exception {
        return new PartOptions(Settings.of(Role.WORKER, Map.of(), environment, PropertiesFile.NONE), false).worker();
    }

    private static ControllerOptions controller(Map<String, String> environment) throws Exception {
        return new PartOptions(Settings.of(Role.CONTROLLER, Map.of(), environment, PropertiesFile.NONE), false)
                .controller();
    }
}
