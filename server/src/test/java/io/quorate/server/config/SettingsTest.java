package io.quorate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where settings come from, and what is refused. */
class SettingsTest {

    @TempDir
    Path folder;

    /** Empty text stands for a place that does not have it. */
    @ParameterizedTest
    @CsvSource({
        "1.5, 3, 4, 1500",
        "'',  3, 4, 3000",
        "'', '', 4, 4000",
        "'', '', '', 2000",
        "'  ', '  ', 0.25, 250",
        "0.5, '', 4, 500"
    })
    void aFlagWinsOverTheEnvironmentThatOverTheFileThatOverTheDefault(
            String flag, String environment, String file, long millis) throws Exception {
        Setting setting = Setting.REQUEST_TIMEOUT;
        Settings settings = Settings.of(
                Role.WORKER,
                Map.of(setting, flag),
                Map.of(setting.variable(), environment),
                new PropertiesFile("some.properties", Map.of(setting, file)));

        assertThat(settings.millis(setting)).isEqualTo(millis);
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of(Role.CONTROLLER, Setting.WRITE_QUORUM, "0"),
                Arguments.of(Role.CONTROLLER, Setting.WRITE_QUORUM, "8"),
                Arguments.of(Role.CONTROLLER, Setting.WRITE_QUORUM, "two"),
                Arguments.of(Role.CONTROLLER, Setting.WRITE_QUORUM, "-1"),
                Arguments.of(Role.CONTROLLER, Setting.WRITE_QUORUM, "99999999999"),
                Arguments.of(Role.CONTROLLER, Setting.PARTITIONS, "48"),
                Arguments.of(Role.CONTROLLER, Setting.PARTITIONS, "32768"),
                Arguments.of(Role.CONTROLLER, Setting.HEARTBEAT_TIMEOUT, "6s"),
                Arguments.of(Role.CONTROLLER, Setting.HEARTBEAT_TIMEOUT, "1e3"),
                Arguments.of(Role.CONTROLLER, Setting.WORKERS, "http://w1:8001,w2"),
                Arguments.of(Role.CONTROLLER, Setting.CONTROLLERS, "c1=http://a:1"),
                Arguments.of(Role.WORKER, Setting.REQUEST_TIMEOUT, "0.01"),
                Arguments.of(Role.WORKER, Setting.PORT, "65536"),
                Arguments.of(Role.WORKER, Setting.ID, "w 1"),
                Arguments.of(Role.WORKER, Setting.ID, "../w1"),
                Arguments.of(Role.WORKER, Setting.ADDRESS, "localhost:8001"),
                Arguments.of(Role.WORKER, Setting.ADDRESS, "https://localhost:8001"),
                Arguments.of(Role.WORKER, Setting.ADDRESS, "http://localhost:8001/kv"),
                Arguments.of(Role.WORKER, Setting.CONTROLLER_ADDRESSES, "controller:8000"),
                Arguments.of(Role.WORKER, Setting.STORAGE, "mongo"),
                Arguments.of(Role.WORKER, Setting.MEMORY, "1TB"),
                Arguments.of(Role.WORKER, Setting.MEMORY, "1KiB"),
                Arguments.of(Role.WORKER, Setting.MAX_VALUE_BYTES, "2MiB"),
                Arguments.of(Role.WORKER, Setting.ADVERTISE_PEER, "worker1"),
                Arguments.of(Role.WORKER, Setting.LOG_FORMAT, "xml"),
                Arguments.of(Role.WORKER, Setting.ZONE, "a\nb"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsRefusedWithOneLineThatSaysWhereItStandsAndWhatItMustBe(Role role, Setting setting, String value) {
        assertThatThrownBy(() -> Settings.of(role, Map.of(), Map.of(setting.variable(), value), PropertiesFile.NONE))
                .isInstanceOf(SettingsRefusedException.class)
                .message()
                .startsWith(setting.variable() + " is '" + value + "' (from the environment): it must be ");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyDefaultIsAValueThatItsSettingAccepts(Setting setting) {
        assertThat(setting.fallback().isEmpty() || setting.form().accepts(setting.fallback()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROLLER, --controller",
        "WRITE_QUORUM, --write-quorum",
        "DATA_DIR, --data-dir",
        "REQUEST_TIMEOUT, --request-timeout"
    })
    void aSettingIsNamedAlikeEverywhere(String variable, String flag) {
        assertThat(Setting.named(variable)).get().extracting(Setting::flag).isEqualTo(flag);
    }

    @Test
    void whatIsOfNoUseToAProcessIsPassedOver() throws Exception {
        Settings settings = Settings.of(
                Role.CONTROLLER, Map.of(), Map.of("STORAGE", "nonsense", "PATH", "/bin"), PropertiesFile.NONE);

        assertThat(settings.isGiven(Setting.STORAGE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE_QUORUM, 3, REPLICAS, 2",
        "WRITE_QUORUM, 4, LOG_LEVEL, info",
        "REPLICAS, 1, LOG_LEVEL, info",
        "HEARTBEAT_TIMEOUT, 0.5, LOG_LEVEL, info",
        "HEARTBEAT_TIMEOUT, 6, HEARTBEAT_INTERVAL, 3",
        "CONTROLLERS, 'c1@a:1:2,c2@a:3:4', ID, c1",
        "CONTROLLERS, 'c1@a:1:2,c2@a:3:4,c2@a:5:6', ID, c1",
        "CONTROLLERS, 'c1@a:1:2,c2@a:3:4,c3@a:5:6', ID, c9",
        "CONTROLLERS, 'c1@a:1:2,c2@a:3:4,c3@a:5:6', LOG_LEVEL, info"
    })
    void settingsThatContradictEachOtherAreRefused(String one, String value, String other, String otherValue) {
        assertThatThrownBy(() -> Settings.of(
                        Role.CONTROLLER, Map.of(), Map.of(one, value, other, otherValue), PropertiesFile.NONE))
                .isInstanceOf(SettingsRefusedException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aGroupOfControllersIsReadAsItIsWritten() throws Exception {
        String written = "c1@10.0.0.1:8000:9000,c2@[::1]:8100:9100,c3@ctl3:8200:9200";
        Settings settings =
                Settings.of(Role.CONTROLLER, Map.of(), Map.of("CONTROLLERS", written, "ID", "c2"), PropertiesFile.NONE);

        ControllerGroup group = ControllerGroup.of(settings).orElseThrow();

        assertThat(group.written()).isEqualTo(written);
        assertThat(group.member("c2").orElseThrow().http()).isEqualTo("http://[::1]:8100");
    }

    @ParameterizedTest
    @CsvSource({"64MiB, 67108864", "1g, 1073741824", "16777216, 16777216", "20000 KB, 20480000"})
    void sizesHaveUnits(String written, long bytes) throws Exception {
        Settings settings = Settings.of(Role.WORKER, Map.of(), Map.of("MEMORY", written), PropertiesFile.NONE);

        assertThat(settings.bytes(Setting.MEMORY)).isEqualTo(bytes);
    }

    @Test
    void aFileServesBothKindsOfProcessAndMayWriteNamesEitherWay() throws Exception {
        Path file = Files.writeString(
                folder.resolve("quorate.properties"), "# of all\nWRITE_QUORUM=1\ncheck-interval=0.5\nstorage=json\n");

        PropertiesFile read = PropertiesFile.read(file);

        assertThat(Settings.of(Role.WORKER, Map.of(), Map.of(), read).word(Setting.STORAGE))
                .isEqualTo("json");
        assertThat(Settings.of(Role.CONTROLLER, Map.of(), Map.of(), read).millis(Setting.CHECK_INTERVAL))
                .isEqualTo(500);
    }

    @Test
    void anUnknownNameInTheFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("quorate.properties"), "WRITE_QUORUMM=1\n");

        assertThatThrownBy(() -> PropertiesFile.read(file))
                .isInstanceOf(SettingsRefusedException.class)
                .hasMessageContaining("'WRITE_QUORUMM', which is no setting");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> PropertiesFile.read(folder.resolve("none")))
                .isInstanceOf(SettingsRefusedException.class)
                .hasMessageContaining("--config");
    }
}
