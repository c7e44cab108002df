package io.quorate.cli.verb;

import io.quorate.cli.LogLines;
import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of a verb that stand for settings: one for each row of the table. */
public final class SettingFlags {
    private static final String CONFIG = "--config";

    private SettingFlags() {}

    /** Adds a flag for each setting that such a process has. */
    public static void addTo(CommandSpec spec, Role role) {
        for (Setting setting : Setting.of(role)) {
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel("VALUE")
                    .type(String.class)
                    .description(description(setting))
                    .build());
        }
        spec.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description(
                        "A properties file with settings. A flag wins over the environment, the environment over the"
                                + " file, the file over the default.")
                .build());
    }

    /** Doubles what picocli would take for a placeholder. */
    private static String description(Setting setting) {
        String fallback = setting.fallback().isEmpty() ? "" : " Default: " + setting.fallback() + ".";
        return (setting.description() + fallback + " Variable: " + setting.variable() + ".").replace("%", "%%");
    }

    /** The settings that the command line, the environment and the file name. */
    static Settings settings(ParseResult parsed, Role role, Map<String, String> environment)
            throws SettingsRefusedException {
        EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(role)) {
            String value = parsed.matchedOptionValue(setting.flag(), "");
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, value);
            }
        }
        PropertiesFile file = parsed.hasMatchedOption(CONFIG)
                ? PropertiesFile.read(parsed.matchedOptionValue(CONFIG, Path.of("")))
                : PropertiesFile.NONE;
        return Settings.of(role, flags, environment, file);
    }

    /** Tells the logging how its lines are to look; before the first of them. */
    static void applyToLogs(Settings settings) {
        LogLines.want(settings.word(Setting.LOG_FORMAT), settings.word(Setting.LOG_LEVEL));
    }

    /** As {@link #applyToLogs(Settings)}, with the lines in a file. */
    static void applyToLogs(Settings settings, Path file) {
        LogLines.wantInFile(settings.word(Setting.LOG_FORMAT), settings.word(Setting.LOG_LEVEL), file);
    }
}
