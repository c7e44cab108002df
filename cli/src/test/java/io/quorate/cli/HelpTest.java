package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code --help} says. */
class HelpTest {

    @ParameterizedTest
    @CsvSource({"up, CLUSTER", "controller, CONTROLLER", "worker, WORKER"})
    void helpListsEverySettingWithItsVariableAndItsDefault(String verb, Role role) {
        String help = help(verb).replaceAll("\\s+", " ");

        for (Setting setting : Setting.of(role)) {
            assertThat(help)
                    .contains(setting.flag() + "=VALUE")
                    .contains(setting.description())
                    .contains("Variable: " + setting.variable() + ".");
            if (!setting.fallback().isEmpty()) {
                assertThat(help).contains("Default: " + setting.fallback() + ". Variable: " + setting.variable() + ".");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "stop",
                "start",
                "kill",
                "pause",
                "resume",
                "controller",
                "worker",
                "put",
                "get",
                "add",
                "expire",
                "del",
                "keys",
                "scan",
                "del-prefix",
                "batch",
                "watch",
                "export",
                "import",
                "map",
                "status",
                "config",
                "demo",
                "simulate"
            })
    void everyVerbCanAnswerJson(String verb) {
        assertThat(help(verb)).contains("--output");
    }

    private static String help(String verb) {
        StringWriter text = new StringWriter();
        CommandLine all = Main.commandLine().setOut(new PrintWriter(text)).setUsageHelpWidth(200);
        assertThat(all.execute(verb, "--help")).isZero();
        return text.toString();
    }
}
