package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.QuorateClientBuilder;
import io.quorate.server.config.SettingsRefusedException;
import picocli.CommandLine.Mixin;

/** A verb that goes through the Java client. */
abstract class KeyClientVerb extends AskingVerb {
    @Mixin
    private WorkerOption worker = new WorkerOption();

    /** Asks and prints. */
    abstract void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException;

    /** Sets what is otherwise for this verb. */
    void settings(QuorateClientBuilder builder) {}

    @Override
    void ask(ControllerOption controller, Output out)
            throws AnswerRefusedException, CommandRefusedException, SettingsRefusedException {
        try (KeyClient client = new KeyClient(worker.client(controller, this::settings))) {
            run(client, out);
        } catch (AnswerRefusedException refused) {
            throw worker.advised(refused);
        }
    }
}
