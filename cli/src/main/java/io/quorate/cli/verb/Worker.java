package io.quorate.cli.verb;

import io.quorate.cli.part.EventLoops;
import io.quorate.cli.part.PartOptions;
import io.quorate.cli.part.WorkerPart;
import io.quorate.server.config.Role;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import io.quorate.server.wiring.StartRefusedException;
import io.quorate.server.wiring.WorkerOptions;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate worker}: one worker as this process. */
@Command(
        name = "worker",
        description = "Runs one worker in this process until it is told to stop (SIGTERM, Ctrl-C).",
        footer = "%nExample:%n  CONTROLLER=http://localhost:8000 ADDRESS=http://localhost:8001 ID=w1 quorate worker")
public final class Worker implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SettingsRefusedException, StartRefusedException {
        Settings settings = SettingFlags.settings(spec.commandLine().getParseResult(), Role.WORKER, System.getenv());
        SettingFlags.applyToLogs(settings);
        WorkerOptions options = new PartOptions(settings, Surroundings.inImage()).worker();
        Surroundings.warnOfOpenAccess(options.host(), output);
        Vertx vertx = EventLoops.open(1);
        PartRun run = new PartRun(vertx, output);
        WorkerPart part = new WorkerPart(vertx, options, run::ended);
        return run.run(
                part,
                () -> output.event(
                        "started",
                        "Worker " + part.id() + " answers at " + part.httpAddress()
                                + part.redisAddress()
                                        .map(address -> ", Redis clients at " + address)
                                        .orElse("")));
    }
}
