package io.quorate.cli.verb;

import io.quorate.cli.part.ControllerPart;
import io.quorate.cli.part.EventLoops;
import io.quorate.cli.part.PartOptions;
import io.quorate.server.config.Role;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import io.quorate.server.wiring.ControllerOptions;
import io.quorate.server.wiring.StartRefusedException;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate controller}: one controller as this process. */
@Command(
        name = "controller",
        description = "Runs one controller in this process until it is told to stop (SIGTERM, Ctrl-C).",
        footer = "%nExample, with one worker to come:%n  WRITE_QUORUM=1 quorate controller")
public final class Controller implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SettingsRefusedException, StartRefusedException {
        Settings settings =
                SettingFlags.settings(spec.commandLine().getParseResult(), Role.CONTROLLER, System.getenv());
        SettingFlags.applyToLogs(settings);
        ControllerOptions options = new PartOptions(settings, Surroundings.inImage()).controller();
        Surroundings.warnOfOpenAccess(options.host(), output);
        Vertx vertx = EventLoops.open(1);
        PartRun run = new PartRun(vertx, output);
        ControllerPart part = new ControllerPart(vertx, options, run::ended);
        return run.run(
                part, () -> output.event("started", "Controller " + part.id() + " answers at " + part.httpAddress()));
    }
}
