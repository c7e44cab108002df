package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.server.config.SettingsRefusedException;

/** A verb that asks the controllers of a running cluster and prints what they say. */
abstract class ClientVerb extends AskingVerb {
    /** Asks and prints. */
    abstract void run(ClusterClient client, Output out) throws AnswerRefusedException, CommandRefusedException;

    @Override
    void ask(ControllerOption controller, Output out)
            throws AnswerRefusedException, CommandRefusedException, SettingsRefusedException {
        try (ClusterClient client = controller.client()) {
            run(client, out);
        }
    }
}
