package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers as workers give them. */
final class Answers {
    private Answers() {}

    static Reply.Answered of(int status, Map<String, String> headers, String body) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return new Reply.Answered(status, name -> Optional.ofNullable(byName.get(name)), Bytes.utf8(body));
    }

    static Reply.Answered written(int status, String revision) {
        return of(
                status,
                Map.of("Quorate-Revision", revision, "ETag", '"' + revision + '"', "Quorate-Outcome", "applied"),
                writtenBody(revision));
    }

    static String writtenBody(String revision) {
        return "{\"key\":\"k\",\"revision\":\"" + revision
                + "\",\"value\":\"42\",\"acks\":2,\"replicas\":3,\"quorum\":2}";
    }

    static Reply.Answered problem(Problem problem) {
        return problem(problem, "not_applied", Map.of());
    }

    static Reply.Answered problem(Problem problem, String outcome, Map<String, String> headers) {
        return of(problem.httpStatus(), headers, problemBody(problem, outcome));
    }

    static String problemBody(Problem problem, String outcome) {
        return "{\"type\":\"urn:quorate:problem:%s\",\"title\":\"T\",\"status\":%d,\"detail\":\"Because of %s.\",\"outcome\":\"%s\",\"retryable\":%b}"
                .formatted(problem.type(), problem.httpStatus(), problem.type(), outcome, problem.retryable());
    }

    static Refusal refusal(Problem problem) {
        return Refusal.of(problem, "Because of " + problem.type() + ".");
    }
}
