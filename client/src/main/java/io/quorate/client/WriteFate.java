package io.quorate.client;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a write that is sent again under one name: once an attempt may have been taken, "not applied" speaks of
 * the later attempts alone, and only an answer of the first one's fate ends the uncertainty.
 */
final class WriteFate<T> {
    private final String idempotencyKey;
    private final Function<Refusal, T> notApplied;
    private final BiFunction<String, String, T> unknown;
    private @Nullable String open;
    private @Nullable Refusal last;

    /**
     * @param idempotencyKey under which every attempt is sent
     * @param notApplied the result of a write that is in no log
     * @param unknown the result, made of the name and a sentence, of one that may be
     */
    WriteFate(String idempotencyKey, Function<Refusal, T> notApplied, BiFunction<String, String, T> unknown) {
        this.idempotencyKey = idempotencyKey;
        this.notApplied = notApplied;
        this.unknown = unknown;
    }

    /** Nobody was reached; what somebody said before is kept. */
    void notSent(String detail) {
        last = last == null ? Refusal.unreached(detail) : last;
    }

    /** An attempt may have been taken. */
    void open(String detail) {
        open = detail;
    }

    /** Takes in an answer; the result, if there need be no other attempt. */
    Optional<T> after(WriteAnswer<T> answer) {
        return switch (answer) {
            case WriteAnswer.Decided<T>(T result) -> Optional.of(result);
            case WriteAnswer.Open<T>(String detail) -> {
                open(detail);
                yield Optional.empty();
            }
            case WriteAnswer.Forgotten<T>(String detail) -> {
                String sentence = "Whether the write was applied will never be known: " + detail;
                yield Optional.of(unknown.apply(idempotencyKey, sentence));
            }
            case WriteAnswer.Refused<T>(Refusal why) -> {
                last = why;
                yield why.retryable() ? Optional.empty() : Optional.of(ended());
            }
        };
    }

    /** The result when there will be no other attempt. */
    T ended() {
        if (open != null) {
            return unknown.apply(idempotencyKey, unknown(open));
        }
        return notApplied.apply(last == null ? Refusal.unreached("There was no time left to ask anybody.") : last);
    }

    private String unknown(String detail) {
        String since = last == null ? "" : " Later attempts: " + last.detail();
        return "Whether the write was applied is not known: " + detail + "." + since
                + (SessionName.isOne(idempotencyKey)
                        ? " Within a minute, send it again with the header Quorate-Session: " + idempotencyKey
                        : " Send it again with the idempotency key " + idempotencyKey)
                + " to learn it.";
    }
}
