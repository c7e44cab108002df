package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The bodies of errors: RFC 9457 with the outcome, so that a client knows what became of its request. */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";
    static final String TYPE_PREFIX = "urn:quorate:problem:";

    /** Nothing was changed. */
    static final String NOT_APPLIED = "not_applied";

    /** It may or may not have been applied. */
    static final String UNKNOWN = "unknown";

    /** It was written. */
    static final String APPLIED = "applied";

    private Problems() {}

    /** The body of an answer. */
    static Bytes body(Refusal refusal, String outcome, Consumer<JsonGenerator> more) {
        return JsonText.object(json -> {
            write(json, refusal, outcome);
            more.accept(json);
        });
    }

    /** The members of a body. */
    static void write(JsonGenerator json, Refusal refusal, String outcome) {
        Problem problem = refusal.problem();
        json.writeStringProperty("type", TYPE_PREFIX + problem.type());
        json.writeStringProperty("title", title(problem));
        json.writeNumberProperty("status", refusal.status());
        json.writeStringProperty("detail", refusal.detail());
        json.writeStringProperty("outcome", outcome);
        json.writeBooleanProperty("retryable", problem.retryable());
    }

    private static String title(Problem problem) {
        String words = problem.name().replace('_', ' ');
        return words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
    }
}
