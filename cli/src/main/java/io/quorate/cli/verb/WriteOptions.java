package io.quorate.cli.verb;

import io.quorate.cli.client.Http;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What every write can be told. */
final class WriteOptions {
    @Option(
            names = "--idempotency-key",
            paramLabel = "TEXT",
            description = "Names the write: a repetition with the same text gets the outcome of the first and does"
                    + " nothing more. Default: a name of its own, so that the write may be sent to another worker"
                    + " when one is lost.")
    private @Nullable String idempotencyKey;

    @ArgGroup
    private @Nullable Condition condition;

    /** At most one of these. */
    static final class Condition {
        @Option(
                names = "--if-match",
                paramLabel = "REVISION",
                description = "Only if the key has this revision, as 'put' and 'get -o json' print it.")
        private @Nullable String revision;

        @Option(names = "--if-exists", description = "Only if the key exists.")
        private boolean exists;

        @Option(names = "--if-absent", description = "Only if the key does not exist.")
        private boolean absent;
    }

    /** The headers that say so. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                Http.IDEMPOTENCY_KEY, idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey);
        Condition wanted = condition;
        if (wanted != null && wanted.revision != null) {
            headers.put("If-Match", '"' + wanted.revision.replace("\"", "") + '"');
        } else if (wanted != null && wanted.exists) {
            headers.put("If-Match", "*");
        } else if (wanted != null && wanted.absent) {
            headers.put("If-None-Match", "*");
        }
        return headers;
    }
}
