package io.quorate.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A write: once an attempt may have been taken, "not applied" speaks of the later attempts alone, and only an answer of
 * the first one's fate ends the uncertainty.
 */
final class WriteCourse implements Course<WriteResult> {
    private final WireRequest request;
    private final String idempotencyKey;
    private @Nullable String open;
    private @Nullable Refusal last;

    /** @param idempotencyKey under which every attempt is sent */
    WriteCourse(WireRequest request, String idempotencyKey) {
        this.request = request;
        this.idempotencyKey = idempotencyKey;
    }

    /** A write under that name, an idempotency key or a {@link SessionName}. */
    static WriteCourse of(WireRequest unnamed, String name) {
        String header = SessionName.isOne(name) ? Header.SESSION : Header.IDEMPOTENCY_KEY;
        return new WriteCourse(unnamed.with(header, name), name);
    }

    @Override
    public WireRequest request() {
        return request;
    }

    @Override
    public Optional<WriteResult> after(Reply reply) {
        return switch (reply) {
            case Reply.NotSent(String detail) -> {
                last = last == null ? Refusal.unreached(detail) : last;
                yield Optional.empty();
            }
            case Reply.Lost(String detail) -> mayHaveBeenTaken(detail);
            case Reply.TooLarge(int limitBytes) ->
                mayHaveBeenTaken("the answer to the write has more than " + limitBytes + " bytes");
            case Reply.Answered answer -> after(WriteAnswer.of(request, answer));
        };
    }

    private Optional<WriteResult> after(WriteAnswer answer) {
        return switch (answer) {
            case WriteAnswer.Decided(WriteResult result) -> Optional.of(result);
            case WriteAnswer.Open(String detail) -> mayHaveBeenTaken(detail);
            case WriteAnswer.Refused(Refusal why) -> {
                last = why;
                yield why.retryable() ? Optional.empty() : Optional.of(ended());
            }
        };
    }

    private Optional<WriteResult> mayHaveBeenTaken(String detail) {
        open = detail;
        return Optional.empty();
    }

    @Override
    public WriteResult ended() {
        if (open != null) {
            return new WriteResult.Unknown(idempotencyKey, unknown(open));
        }
        return refused(last == null ? Refusal.unreached("There was no time left to ask anybody.") : last);
    }

    private String unknown(String detail) {
        String since = last == null ? "" : " Later attempts: " + last.detail();
        return "Whether the write was applied is not known: " + detail + "." + since
                + " Send it again with the idempotency key " + idempotencyKey + " to learn it.";
    }

    @Override
    public WriteResult refused(Refusal why) {
        return new WriteResult.NotApplied(why);
    }
}
