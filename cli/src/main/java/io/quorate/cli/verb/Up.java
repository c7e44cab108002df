package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.cluster.ClusterFolder;
import io.quorate.cli.cluster.ClusterPlan;
import io.quorate.cli.cluster.ClusterRequest;
import io.quorate.cli.cluster.PartPlan;
import io.quorate.cli.cluster.RunningCluster;
import io.quorate.server.config.Role;
import io.quorate.server.config.Setting;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorate up}: a whole cluster. */
@Command(
        name = "up",
        description = {
            "Starts a cluster and looks after it until Ctrl-C or 'quorate down'.",
            "The same folder again is the same cluster with the same data."
        })
public final class Up implements Callable<Integer>, RunningCluster.Events {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    @Mixin
    private Output output = new Output();

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Workers, 1 to 99. Default: 4, or as many as last time.")
    private @Nullable Integer workers;

    @Option(
            names = "--controllers",
            paramLabel = "N",
            description = "Controllers: 1, 3 or 5; never changed afterwards. Default: 1.")
    private @Nullable Integer controllers;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "HTTP port of the first controller; further ones at +100 …, workers at +1 …, peers 1000 above, Redis"
                            + " clients of workers 1000 below."
                            + " Default: 8000.")
    private @Nullable Integer port;

    @Option(
            names = "--processes",
            description = "Each part is a process of its own, which can be killed and paused. Its log is"
                    + " DIR/<id>/log.txt.")
    private boolean processes;

    @Option(
            names = "--until-ready",
            description = "Stops again, in order, as soon as the cluster is ready: shows how long a start takes.")
    private boolean untilReady;

    @Override
    public Integer call() throws CommandRefusedException, SettingsRefusedException {
        Settings settings = SettingFlags.settings(spec.commandLine().getParseResult(), Role.CLUSTER, System.getenv());
        SettingFlags.applyToLogs(settings, data.folder().logFile());
        Surroundings.warnOfOpenAccess(settings.text(Setting.HOST), output);
        ClusterRequest request = new ClusterRequest(
                Optional.ofNullable(controllers), Optional.ofNullable(workers), Optional.ofNullable(port), settings);
        long begunNanos = System.nanoTime();
        RunningCluster cluster = RunningCluster.prepare(data.folder(), request, processes, this);
        OrderlyEnd end = OrderlyEnd.onSignal(() -> {
            output.event("stopping", "Stopping…");
            cluster.stopAll();
            output.event("stopped", "Stopped.");
        });
        try {
            cluster.start();
            printAddresses(data.folder(), cluster.plan());
            awaitReady(cluster, begunNanos);
            if (!untilReady) {
                cluster.ended(FOREVER);
            }
            end.cancel();
            return end(cluster);
        } finally {
            end.cancel();
            cluster.stopAll();
        }
    }

    private int end(RunningCluster cluster) {
        cluster.failure().ifPresent(output::note);
        output.event("stopping", "Stopping…");
        cluster.stopAll();
        output.event("stopped", "Stopped.");
        return cluster.failure().isPresent() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private void awaitReady(RunningCluster cluster, long begunNanos) {
        List<String> missing = cluster.awaitReady(READY_LIMIT);
        while (!missing.isEmpty() && !cluster.ended(Duration.ZERO)) {
            String line = "Not ready after " + READY_LIMIT.toSeconds() + " s: " + String.join("; ", missing)
                    + ". Waiting on.";
            output.print(line, Map.of("event", "waiting", "missing", missing));
            missing = cluster.awaitReady(FOREVER);
        }
        if (missing.isEmpty()) {
            long millis = (System.nanoTime() - begunNanos) / 1_000_000;
            output.print("ready", Map.of("event", "ready", "millis", millis));
        }
    }

    private void printAddresses(ClusterFolder folder, ClusterPlan plan) {
        Map<String, String> addresses = new LinkedHashMap<>();
        Map<String, String> redisAddresses = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (PartPlan part : plan.parts()) {
            addresses.put(part.id(), plan.http(part));
            plan.redis(part).ifPresent(address -> redisAddresses.put(part.id(), address));
            text.append(part.isWorker() ? "worker     " : "controller ")
                    .append(String.format("%-4s", part.id()))
                    .append(plan.http(part))
                    .append(plan.redis(part).map(address -> "   " + address).orElse(""))
                    .append(System.lineSeparator());
        }
        text.append("web page       ")
                .append(plan.controllerAddresses().getFirst())
                .append('/');
        text.append(System.lineSeparator()).append("data           ").append(folder.root());
        text.append(System.lineSeparator()).append("log            ").append(folder.logFile());
        output.print(
                text.toString(),
                Map.of(
                        "event",
                        "started",
                        "addresses",
                        addresses,
                        "redisAddresses",
                        redisAddresses,
                        "data",
                        folder.root().toString(),
                        "log",
                        folder.logFile().toString()));
    }

    @Override
    public void partEnded(String id, String line) {
        output.print(
                id + " has ended: " + line + " Start it again with 'quorate start " + id + "'.",
                Map.of("event", "partEnded", "id", id, "line", line));
    }

    @Override
    public void changed(String line) {
        output.event("changed", line);
    }
}
