package io.quorate.acceptance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What has to hold of every answer, whatever was asked. */
final class AnswerRules {
    private static final Set<Integer> FAILURES_OF_THE_TABLE = Set.of(503, 504, 507);
    private static final Pattern INSIDE = Pattern.compile(
            "\\bat [\\w.$/]+\\([\\w ]+(\\.java:\\d+)?\\)|\\b\\w*(Exception|Error)\\b|\\bio\\.(quorate|vertx|netty)\\.");
    private static final JsonMapper MAPPER = new JsonMapper();

    private AnswerRules() {}

    /** What is wrong with one answer. */
    static List<String> complaints(RawAnswer answer) {
        List<String> complaints = new ArrayList<>();
        if (answer.status() >= 500 && !FAILURES_OF_THE_TABLE.contains(answer.status())) {
            complaints.add("the status " + answer.status());
        }
        // What HTTP calls a status is no word of the server's.
        String words = answer.head().replaceFirst(".*", "") + "\n" + answer.body();
        Matcher inside = INSIDE.matcher(words);
        if (inside.find()) {
            complaints.add("it tells of the inside: " + inside.group());
        }
        if (answer.status() >= 400) {
            problem(answer).ifPresent(complaints::add);
        }
        return complaints;
    }

    private static Optional<String> problem(RawAnswer answer) {
        if (!answer.headers().getOrDefault("Content-Type", "").equals("application/problem+json")) {
            return Optional.of("an error that is no application/problem+json");
        }
        // To HEAD there is the length of a body, and none.
        return answer.body().isEmpty()
                        && !answer.headers().getOrDefault("Content-Length", "0").equals("0")
                ? Optional.empty()
                : malformed(answer);
    }

    private static Optional<String> malformed(RawAnswer answer) {
        try {
            JsonNode body = MAPPER.readTree(answer.body().getBytes(StandardCharsets.ISO_8859_1));
            boolean whole = body.path("type").asString("").startsWith("urn:quorate:problem:")
                    && body.path("status").asInt(0) == answer.status()
                    && !body.path("title").asString("").isEmpty()
                    && !body.path("detail").asString("").isEmpty()
                    && body.has("outcome")
                    && body.has("retryable");
            return whole ? Optional.empty() : Optional.of("a problem that is not whole");
        } catch (JacksonException malformed) {
            return Optional.of("a problem that is no JSON");
        }
    }

    /** What is wrong with all that came on a connection. */
    static List<String> complaints(Burst burst, Received received) {
        RawAnswer.Stream stream = RawAnswer.parse(received.bytes());
        List<String> complaints = new ArrayList<>();
        stream.answers()
                .forEach(answer -> complaints(answer)
                        .forEach(wrong -> complaints.add(wrong + ": " + answer.head() + "\n" + answer.body())));
        if (!stream.isCutOff()) {
            complaints.add("what is no answer came: " + stream.rest());
        }
        if (burst.ending() == Burst.Ending.ASKED) {
            answered(burst, received, stream).ifPresent(complaints::add);
        }
        return complaints;
    }

    private static Optional<String> answered(Burst burst, Received received, RawAnswer.Stream stream) {
        if (stream.goesOn()) {
            return Optional.empty();
        }
        if (!received.closed()) {
            return Optional.of("the server neither answered nor closed the connection");
        }
        long finals = stream.answers().stream()
                .filter(answer -> answer.status() >= 200)
                .count();
        boolean closedEarly =
                !stream.answers().isEmpty() && stream.answers().getLast().closes();
        return finals == burst.requests() + 1 || closedEarly
                ? Optional.empty()
                : Optional.of(burst.requests() + 1 + " requests had " + finals + " answers");
    }
}
