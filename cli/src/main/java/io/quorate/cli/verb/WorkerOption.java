package io.quorate.cli.verb;

import io.quorate.api.Problem;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.client.QuorateClient;
import io.quorate.client.QuorateClientBuilder;
import io.quorate.server.config.SettingsRefusedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which worker a verb asks that goes through the Java client. */
final class WorkerOption {
    @Option(
            names = "--worker",
            paramLabel = "URL",
            description = "The worker to ask. Default: the best one, as the controller names them.")
    private @Nullable String worker;

    /** A client that asks it, or the workers that the controllers name. */
    QuorateClient client(ControllerOption controller) throws AnswerRefusedException, SettingsRefusedException {
        return client(controller, _ -> {});
    }

    /**
     * The same.
     *
     * @param settings sets what is otherwise for a verb
     */
    QuorateClient client(ControllerOption controller, Consumer<QuorateClientBuilder> settings)
            throws AnswerRefusedException, SettingsRefusedException {
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
        settings.accept(builder);
        return builder.build();
    }

    /** The same, with what to do where nobody was there to ask. */
    AnswerRefusedException advised(AnswerRefusedException refused) {
        if (!refused.isUnreached()) {
            return refused;
        }
        return refused.advising(
                worker == null
                        ? "Start a controller, name another with --controller or CONTROLLER, or a worker with --worker."
                        : "Start that worker, name another one, or leave --worker out to ask those that a controller"
                                + " names.");
    }
}
