package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.server.config.SettingsRefusedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A verb that asks a running cluster and prints what it says. */
abstract class ClientVerb implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private ControllerOption controller = new ControllerOption();

    /** Asks and prints. */
    abstract void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException;

    @Override
    public Integer call() throws SettingsRefusedException, CommandRefusedException {
        try (ClusterClient client = controller.client()) {
            run(client, output);
            return ExitCode.DONE;
        } catch (AnswerRefusedException refused) {
            if (output.isJson()) {
                output.print("", refused.json());
            } else {
                output.note((refused.isUnknown() ? "Unknown outcome: " : "") + refused.getMessage());
            }
            return refused.exitCode();
        }
    }
}
