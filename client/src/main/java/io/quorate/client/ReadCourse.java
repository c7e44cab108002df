package io.quorate.client;

import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read: it changes nothing, so whatever is no answer to it is asked again. */
final class ReadCourse implements Course<ReadResult> {
    private final WireRequest request;
    private @Nullable Refusal last;

    ReadCourse(WireRequest request) {
        this.request = request;
    }

    @Override
    public WireRequest request() {
        return request;
    }

    @Override
    public Optional<ReadResult> after(Reply reply) {
        return switch (reply) {
            case Reply.NotSent(String detail) -> again(last == null ? Refusal.unreached(detail) : last);
            case Reply.Lost(String detail) -> again(Refusal.unreached(detail));
            case Reply.TooLarge(int limitBytes) ->
                again(new Refusal(
                        Problem.VALUE_TOO_LARGE.type(),
                        false,
                        "The answer has more than the " + limitBytes + " bytes that this client takes."));
            case Reply.Answered answer -> after(answer);
        };
    }

    private Optional<ReadResult> after(Reply.Answered answer) {
        if (answer.status() == 200) {
            return Tag.revision(answer)
                    .<Optional<ReadResult>>map(revision -> Optional.of(found(answer, revision)))
                    .orElseGet(() -> again(
                            new Refusal(Problem.INTERNAL.type(), true, "The answer to the read has no revision.")));
        }
        Refusal why = ProblemBody.of(answer).refusal();
        return why.is(Problem.KEY_NOT_FOUND) ? Optional.of(new ReadResult.Missing(served(answer))) : again(why);
    }

    private Optional<ReadResult> again(Refusal why) {
        last = why;
        return why.retryable() ? Optional.empty() : Optional.of(ended());
    }

    private static ReadResult found(Reply.Answered answer, Revision revision) {
        Value value = answer.headers()
                .first(Header.STORED_TYPE)
                .map(type -> Value.raw(answer.body(), type))
                .orElseGet(() -> new Value(answer.body(), "", ValueForm.JSON));
        return new ReadResult.Found(value, revision, timeToLive(answer), served(answer));
    }

    private static Optional<Duration> timeToLive(Reply.Answered answer) {
        return answer.headers()
                .first(Header.TTL)
                .flatMap(LifetimeText::parse)
                .flatMap(lifetime -> lifetime instanceof Lifetime.For(long millis)
                        ? Optional.of(Duration.ofMillis(millis))
                        : Optional.empty());
    }

    private static Served served(Reply.Answered answer) {
        boolean local = answer.headers()
                .first(Header.CONSISTENCY)
                .filter(Consistency.LOCAL.name().toLowerCase(Locale.ROOT)::equals)
                .isPresent();
        return new Served(
                answer.headers().first(Header.SERVED_BY).orElse(""),
                answer.headers().first(Header.ROLE).orElse(""),
                local ? Consistency.LOCAL : Consistency.LINEARIZABLE,
                answer.headers().first(Header.APPLIED).flatMap(Revision::parse).orElse(Revision.NONE));
    }

    @Override
    public ReadResult ended() {
        return refused(last == null ? Refusal.unreached("There was no time left to ask anybody.") : last);
    }

    @Override
    public ReadResult refused(Refusal why) {
        return new ReadResult.NotServed(why);
    }
}
