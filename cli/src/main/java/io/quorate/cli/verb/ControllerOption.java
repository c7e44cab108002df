package io.quorate.cli.verb;

import io.quorate.cli.client.ClusterClient;
import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster a verb is about. */
public final class ControllerOption {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Option(
            names = "--controller",
            paramLabel = "URL[,URL]",
            description = "The controllers' HTTP addresses. Default: http://127.0.0.1:8000. Variable: CONTROLLER.")
    private @Nullable String controllers;

    ClusterClient client() throws SettingsRefusedException {
        return new ClusterClient(addresses(), LIMIT);
    }

    /** The controllers' addresses, without a slash at the end. */
    List<String> addresses() throws SettingsRefusedException {
        EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
        if (controllers != null) {
            flags.put(Setting.CONTROLLER_ADDRESSES, controllers);
        }
        String variable = Setting.CONTROLLER_ADDRESSES.variable();
        Map<String, String> environment = Map.of(variable, System.getenv().getOrDefault(variable, ""));
        Settings settings = Settings.of(Role.WORKER, flags, environment, PropertiesFile.NONE);
        return settings.list(Setting.CONTROLLER_ADDRESSES).stream()
                .map(address -> address.replaceAll("/$", ""))
                .toList();
    }
}
