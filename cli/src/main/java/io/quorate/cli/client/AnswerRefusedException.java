package io.quorate.cli.client;

import io.quorate.api.Problem;
import io.quorate.cli.ExitCode;
import io.quorate.cli.Sentence;
import io.quorate.client.Refusal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A request that did not get what it asked for, with what is known of its fate. */
public final class AnswerRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String NOT_APPLIED = "not_applied";
    private static final String UNKNOWN = "unknown";
    private static final String APPLIED = "applied";
    private static final String TYPE_PREFIX = "urn:quorate:problem:";

    private final int exitCode;
    private final String type;
    private final String outcome;

    private AnswerRefusedException(int exitCode, String type, String outcome, String line) {
        super(line);
        this.exitCode = exitCode;
        this.type = type;
        this.outcome = outcome;
    }

    /** Nobody was reached, so nothing was changed. */
    static AnswerRefusedException unreached(String line) {
        return new AnswerRefusedException(ExitCode.UNREACHED, Refusal.UNREACHED, NOT_APPLIED, line);
    }

    /** It is surely not carried out, for a reason of the table. */
    public static AnswerRefusedException notApplied(Problem problem, String line) {
        return new AnswerRefusedException(problem.exitCode(), problem.type(), NOT_APPLIED, line);
    }

    /** It is surely not carried out. */
    public static AnswerRefusedException notApplied(Refusal why) {
        return why.type().equals(Refusal.UNREACHED)
                ? unreached(Sentence.ended(why.detail()) + " Nothing was changed.")
                : new AnswerRefusedException(exitCode(why.type()), why.type(), NOT_APPLIED, why.detail());
    }

    /** Its fate was not learned in time. */
    public static AnswerRefusedException undecided(String line) {
        return new AnswerRefusedException(ExitCode.UNKNOWN, Problem.DEADLINE.type(), UNKNOWN, line);
    }

    /** It is carried out, and on fewer replicas than were asked for. */
    static AnswerRefusedException tooFewAcks(String line) {
        return new AnswerRefusedException(Problem.TOO_FEW_ACKS.exitCode(), Problem.TOO_FEW_ACKS.type(), APPLIED, line);
    }

    /** A write that was sent and not answered. */
    static AnswerRefusedException unknown(String line) {
        return new AnswerRefusedException(ExitCode.UNKNOWN, "no-answer", UNKNOWN, line);
    }

    /** The answer says why. */
    public static AnswerRefusedException answered(Http.Reply.Answered answer) {
        JsonNode body = answer.json();
        String type = body.path("type").asString("").replace(TYPE_PREFIX, "");
        String outcome = body.path("outcome").asString(UNKNOWN);
        String detail = body.path("detail").asString("The answer has the status " + answer.status() + ".");
        boolean unknown = outcome.equals(UNKNOWN);
        int exitCode = unknown ? ExitCode.UNKNOWN : exitCode(type);
        return new AnswerRefusedException(exitCode, type, outcome, detail);
    }

    private static int exitCode(String type) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.type().equals(type))
                .findFirst()
                .map(Problem::exitCode)
                .orElse(ExitCode.REFUSED);
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }

    /** Whether it may have been carried out. */
    public boolean isUnknown() {
        return outcome.equals(UNKNOWN);
    }

    /** Whether nobody was there to ask. */
    public boolean isUnreached() {
        return type.equals(Refusal.UNREACHED);
    }

    /** The same, with another sentence for a person. */
    public AnswerRefusedException advising(String sentence) {
        return new AnswerRefusedException(exitCode, type, outcome, Sentence.ended(message()) + " " + sentence);
    }

    private String message() {
        return String.valueOf(getMessage());
    }

    /** For programs. */
    public Map<String, Object> json() {
        LinkedHashMap<String, Object> json = new LinkedHashMap<>();
        json.put("error", type);
        json.put("outcome", outcome);
        json.put("detail", message());
        return json;
    }
}
