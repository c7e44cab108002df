package io.quorate.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Settings that stand in a properties file, for example {@code WRITE_QUORUM=2} or {@code write-quorum=2}.
 *
 * <p>One file may serve controllers and workers: each takes what it has.
 *
 * @param name the file's name, for messages
 * @param values what stands in it
 */
public record PropertiesFile(String name, Map<Setting, String> values) {
    /** No file. */
    public static final PropertiesFile NONE = new PropertiesFile("", Map.of());

    private static final long MAX_BYTES = 1 << 20;

    public PropertiesFile {
        values = Map.copyOf(values);
    }

    /** Reads the file; refused when it cannot be read or names something that is no setting. */
    public static PropertiesFile read(Path file) throws SettingsRefusedException {
        Properties properties = new Properties();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new SettingsRefusedException(file + " is longer than 1 MiB: that is no file of settings.");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsRefusedException(
                    "Cannot read the settings in " + file + " (" + e + "): name a properties file with --config.");
        }
        EnumMap<Setting, String> values = new EnumMap<>(Setting.class);
        for (String name : properties.stringPropertyNames()) {
            String variable = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
            Setting setting = Setting.named(variable)
                    .orElseThrow(() -> new SettingsRefusedException(file + " names '" + name
                            + "', which is no setting: remove it, or see --help for the names."));
            values.put(setting, properties.getProperty(name));
        }
        return new PropertiesFile(file.toString(), values);
    }
}
