package io.quorate.client;

import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.client.WriteResult.Copies;
import java.util.Optional;
import java.util.OptionalLong;

/** What one answer says of a write. */
sealed interface WriteAnswer {
    /** It says what became of the write, the attempts before this one included. */
    record Decided(WriteResult result) implements WriteAnswer {}

    /** It leaves it open. */
    record Open(String detail) implements WriteAnswer {}

    /** This attempt is surely in no log; of earlier ones it says nothing. */
    record Refused(Refusal why) implements WriteAnswer {}

    /** Reads an answer to the request. */
    static WriteAnswer of(WireRequest request, Reply.Answered answer) {
        if (answer.isSuccess()) {
            return Tag.revision(answer)
                    .<WriteAnswer>map(revision -> new Decided(applied(request, answer, revision)))
                    .orElseGet(() -> new Open("the answer has no revision"));
        }
        ProblemBody body = ProblemBody.of(answer);
        if (body.outcome().equals(ProblemBody.NOT_APPLIED)) {
            return refused(answer, body.refusal());
        }
        return new Open(body.refusal().detail());
    }

    /**
     * A condition that did not hold is an outcome that is remembered, as is a lifetime that was to be given to a key that
     * is not there; any other refusal speaks of this attempt.
     */
    private static WriteAnswer refused(Reply.Answered answer, Refusal why) {
        if (why.is(Problem.CONDITION_FAILED)) {
            return new Decided(
                    new WriteResult.ConditionFailed(Tag.revision(answer).orElse(Revision.NONE)));
        }
        return why.is(Problem.KEY_NOT_FOUND) ? new Decided(new WriteResult.NotApplied(why)) : new Refused(why);
    }

    private static WriteResult applied(WireRequest request, Reply.Answered answer, Revision revision) {
        if (request.method().equals("DELETE")) {
            boolean existed = answer.headers()
                    .first(Header.EXISTED)
                    .filter("true"::equals)
                    .isPresent();
            return new WriteResult.Applied(revision, existed, OptionalLong.empty(), Optional.empty());
        }
        Json body = JsonReader.read(answer.body()).orElseGet(Json.Null::new);
        return new WriteResult.Applied(revision, answer.status() == 200, sum(body), copies(body));
    }

    private static OptionalLong sum(Json body) {
        Optional<Long> sum = body.text("value").flatMap(WriteAnswer::whole);
        return sum.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static Optional<Long> whole(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException otherwise) {
            return Optional.empty();
        }
    }

    private static Optional<Copies> copies(Json body) {
        int acks = count(body, "acks");
        int replicas = count(body, "replicas");
        int quorum = count(body, "quorum");
        return acks > 0 && replicas > 0 && quorum > 0
                ? Optional.of(new Copies(acks, replicas, quorum))
                : Optional.empty();
    }

    private static int count(Json body, String name) {
        return Math.clamp(body.number(name).orElse(0), 0, Integer.MAX_VALUE);
    }
}
