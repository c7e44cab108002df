package io.quorate.client;

import io.quorate.api.Problem;
import java.util.Optional;

/**
 * What a refusing answer says of itself.
 *
 * @param refusal why
 * @param outcome what became of the request: {@code applied}, {@code not_applied} or {@code unknown}
 */
record ProblemBody(Refusal refusal, String outcome) {
    static final String NOT_APPLIED = "not_applied";
    static final String UNKNOWN = "unknown";
    private static final String TYPE_PREFIX = "urn:quorate:problem:";

    /**
     * Reads the answer's problem. An answer without one is not Quorate's: a status below 500 says that the request was
     * refused, any other leaves its fate open.
     */
    static ProblemBody of(Reply.Answered answer) {
        return JsonReader.read(answer.body()).flatMap(ProblemBody::of).orElseGet(() -> {
            String detail = "The answer has the status " + answer.status() + " and is not one of Quorate.";
            return answer.status() < 500
                    ? new ProblemBody(Refusal.of(Problem.BAD_REQUEST, detail), NOT_APPLIED)
                    : new ProblemBody(new Refusal(Problem.INTERNAL.type(), true, detail), UNKNOWN);
        });
    }

    /** The problem that the object is, if it is one of Quorate's. */
    static Optional<ProblemBody> of(Json json) {
        return json.text("type")
                .filter(type -> type.startsWith(TYPE_PREFIX))
                .map(type -> new ProblemBody(
                        new Refusal(
                                type.substring(TYPE_PREFIX.length()),
                                json.truth("retryable").orElse(false),
                                json.text("detail").orElse("")),
                        json.text("outcome").orElse(UNKNOWN)));
    }
}
