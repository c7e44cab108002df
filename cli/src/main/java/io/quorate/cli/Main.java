package io.quorate.cli;

import io.quorate.cli.verb.BatchVerb;
import io.quorate.cli.verb.Config;
import io.quorate.cli.verb.Controller;
import io.quorate.cli.verb.DeletePrefix;
import io.quorate.cli.verb.Demo;
import io.quorate.cli.verb.Down;
import io.quorate.cli.verb.Export;
import io.quorate.cli.verb.Import;
import io.quorate.cli.verb.KeyVerbs;
import io.quorate.cli.verb.MapVerb;
import io.quorate.cli.verb.PartVerbs;
import io.quorate.cli.verb.Scan;
import io.quorate.cli.verb.SettingFlags;
import io.quorate.cli.verb.Simulate;
import io.quorate.cli.verb.Status;
import io.quorate.cli.verb.Up;
import io.quorate.cli.verb.WatchVerb;
import io.quorate.cli.verb.Worker;
import io.quorate.cli.verb.WriteVerbs;
import io.quorate.server.config.Role;
import io.quorate.server.config.SettingsRefusedException;
import io.quorate.server.wiring.StartRefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code quorate}: hands the command line to the verb that it names. */
@Command(
        name = "quorate",
        mixinStandardHelpOptions = true,
        version = "quorate 0.1.0-SNAPSHOT",
        description = "A distributed key-value store that heals itself.",
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {
            Up.class,
            Down.class,
            PartVerbs.Stop.class,
            PartVerbs.Start.class,
            PartVerbs.Kill.class,
            PartVerbs.Pause.class,
            PartVerbs.Resume.class,
            Controller.class,
            Worker.class,
            WriteVerbs.Put.class,
            KeyVerbs.Get.class,
            WriteVerbs.Add.class,
            WriteVerbs.Expire.class,
            WriteVerbs.Del.class,
            KeyVerbs.Keys.class,
            Scan.class,
            DeletePrefix.class,
            BatchVerb.class,
            WatchVerb.class,
            Export.class,
            Import.class,
            MapVerb.class,
            Status.class,
            Config.class,
            Demo.class,
            Simulate.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All verbs. */
    public static CommandLine commandLine() {
        CommandLine all = new CommandLine(new Main());
        SettingFlags.addTo(verb(all, "up"), Role.CLUSTER);
        SettingFlags.addTo(verb(all, "controller"), Role.CONTROLLER);
        SettingFlags.addTo(verb(all, "worker"), Role.WORKER);
        return all.setExecutionExceptionHandler(Main::refused)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine.Model.CommandSpec verb(CommandLine all, String name) {
        return java.util.Objects.requireNonNull(all.getSubcommands().get(name), name)
                .getCommandSpec();
    }

    private static int refused(Exception failure, CommandLine verb, CommandLine.ParseResult parsed) throws Exception {
        int code = switch (failure) {
            case SettingsRefusedException _ -> ExitCode.USAGE;
            case StartRefusedException _ -> ExitCode.REFUSED;
            case CommandRefusedException refused -> refused.exitCode();
            default -> throw failure;
        };
        verb.getErr().println(failure.getMessage());
        verb.getErr().flush();
        return code;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
