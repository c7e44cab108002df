package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.QuorateClient;
import io.quorate.client.QuorateClientBuilder;
import io.quorate.server.config.SettingsRefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs share that are about one key. */
abstract class OfKeyVerb extends AskingVerb {
    @Option(
            names = "--worker",
            paramLabel = "URL",
            description = "The worker to ask. Default: the key's leader, as the controller names it.")
    private @Nullable String worker;

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
        QuorateClientBuilder builder = QuorateClient.builder().maxResponseBytes(ValueFile.MAX_BYTES);
        try {
            if (worker == null) {
                controller.addresses().forEach(builder::address);
            } else {
                builder.address(worker).onlyTheseWorkers();
            }
        } catch (IllegalArgumentException noAddress) {
            throw AnswerRefusedException.notApplied(Problem.BAD_REQUEST, String.valueOf(noAddress.getMessage()));
        }
        try (KeyClient client = new KeyClient(builder.build())) {
            run(client, out);
        }
    }
}
