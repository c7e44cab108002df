package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Session;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The opening of a session: opened once more it is another one, so that any attempt may be repeated. */
final class SessionOpening implements Course<SessionOpening.Result> {
    /** What came of it. */
    sealed interface Result {
        /** The session, and how long it may rest. */
        record Opened(String session, long idleMillis) implements Result {}

        /** There is none. */
        record Refused(Refusal why) implements Result {}
    }

    private final WireRequest request;
    private @Nullable Refusal last;

    SessionOpening(Bytes key) {
        this.request =
                new WireRequest("POST", "/sessions?key=" + PercentCoding.encode(key), Map.of(), Optional.empty());
    }

    @Override
    public WireRequest request() {
        return request;
    }

    @Override
    public Optional<Result> after(Reply reply) {
        return switch (reply) {
            case Reply.NotSent(String detail) -> again(last == null ? Refusal.unreached(detail) : last);
            case Reply.Lost(String detail) -> again(Refusal.unreached(detail));
            case Reply.TooLarge(int limitBytes) ->
                Optional.of(new Result.Refused(Refusal.of(
                        Problem.INTERNAL, "The answer with a session has more than " + limitBytes + " bytes.")));
            case Reply.Answered answer -> answer.isSuccess() ? opened(answer) : refused(answer);
        };
    }

    private Optional<Result> opened(Reply.Answered answer) {
        Json body = JsonReader.read(answer.body()).orElseGet(Json.Null::new);
        Optional<String> session =
                body.text("session").filter(text -> Session.parse(text).isPresent());
        long idleMillis = body.number("idleMillis").orElse(Session.IDLE_MILLIS);
        return session.isPresent()
                ? Optional.of(new Result.Opened(session.get(), idleMillis))
                : again(Refusal.unreached("The answer has no session."));
    }

    private Optional<Result> refused(Reply.Answered answer) {
        ProblemBody body = ProblemBody.of(answer);
        boolean repeatable = body.refusal().retryable() || !body.outcome().equals(ProblemBody.NOT_APPLIED);
        return repeatable ? again(body.refusal()) : Optional.of(new Result.Refused(body.refusal()));
    }

    private Optional<Result> again(Refusal why) {
        last = why;
        return Optional.empty();
    }

    @Override
    public Result ended() {
        return refused(last == null ? Refusal.unreached("There was no time left to ask anybody.") : last);
    }

    @Override
    public Result refused(Refusal why) {
        return new Result.Refused(why);
    }
}
