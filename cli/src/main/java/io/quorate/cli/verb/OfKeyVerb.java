package io.quorate.cli.verb;

import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import io.quorate.cli.client.Http;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs share that are about one key. */
abstract class OfKeyVerb extends ClientVerb {
    @Option(
            names = "--worker",
            paramLabel = "URL",
            description = "The worker to ask. Default: the key's leader, as the controller names it.")
    private @Nullable String worker;

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    String key = "";

    Http.Reply.Answered ask(
            ClusterClient client, String method, String parameters, Optional<String> body, Map<String, String> headers)
            throws AnswerRefusedException {
        List<String> workers = worker == null ? client.workersFor(key) : List.of(worker.replaceAll("/$", ""));
        String target = "/kv/" + ClusterClient.encoded(key) + parameters;
        return client.worker(workers, new Http.Asked(method, target, body, headers));
    }
}
