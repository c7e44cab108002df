package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.server.config.SettingsRefusedException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the verbs share that are about one key. */
abstract class OfKeyVerb extends AskingVerb {
    @Mixin
    private WorkerOption worker = new WorkerOption();

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    String key = "";

    /** Asks and prints. */
    abstract void run(KeyClient client, Output out) throws AnswerRefusedException, CommandRefusedException;

    /** The key as it is stored. */
    Bytes keyBytes() {
        return Bytes.utf8(key);
    }

    @Override
    void ask(ControllerOption controller, Output out)
            throws AnswerRefusedException, CommandRefusedException, SettingsRefusedException {
        try (KeyClient client = new KeyClient(worker.client(controller))) {
            run(client, out);
        }
    }
}
