package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.server.config.SettingsRefusedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A verb that asks a running cluster, prints what it says, and ends with the exit code of that. */
abstract class AskingVerb implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private ControllerOption controller = new ControllerOption();

    /** Asks and prints. */
    abstract void ask(ControllerOption cluster, Output out)
            throws AnswerRefusedException, CommandRefusedException, SettingsRefusedException;

    @Override
    public Integer call() throws SettingsRefusedException, CommandRefusedException {
        try {
            ask(controller, output);
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
