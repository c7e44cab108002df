package io.quorate.cli.cluster;

import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command that starts a part as a process of its own, from the same jars as this one. */
public final class ChildCommand {
    /** The terminal's Ctrl-C reaches every process at once; parts are stopped in order by whoever started them. */
    private static final List<String> DEAF_TO_THE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    /** Little memory and little work while idle; a later option of the same name wins. */
    private static final List<String> JVM_FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:AsyncDeflationInterval=5000",
            "-Xlog:aot*=off",
            "-Xlog:cds*=off");

    private static final String CONTROLLER_HEAP = "-Xmx256m";
    private static final String WORKER_HEAP = "-Xmx512m";

    private ChildCommand() {}

    /** The whole command; the ports in the plan are told by the flags. */
    public static List<String> of(PartPlan part, Map<Setting, String> flags) {
        List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
        command.add(java());
        command.addAll(JVM_FLAGS);
        command.add(part.isWorker() ? WORKER_HEAP : CONTROLLER_HEAP);
        archive().ifPresent(archive -> command.add("-XX:SharedArchiveFile=" + archive));
        command.addAll(furtherOptions());
        command.add("-cp");
        command.add(classPath());
        command.add("io.quorate.cli.Main");
        command.add(part.role() == Role.WORKER ? "worker" : "controller");
        flags.forEach((setting, value) -> command.add(setting.flag() + "=" + value));
        return command;
    }

    private static String java() {
        return ProcessHandle.current()
                .info()
                .command()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    private static List<String> furtherOptions() {
        String options = System.getenv("QUORATE_JAVA_OPTS");
        return options == null
                ? List.of()
                : Stream.of(options.split("\\s+"))
                        .filter(option -> !option.isEmpty())
                        .toList();
    }

    /** The archive of classes beside the jars, if an earlier start left one. */
    private static Optional<Path> archive() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .findFirst()
                .map(jar -> Path.of(jar).toAbsolutePath().resolveSibling("quorate.jsa"))
                .filter(Files::isRegularFile);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
