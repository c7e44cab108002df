package io.quorate.client;

import io.quorate.api.Problem;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of a read without an answer: as it changes nothing, it may always be asked again. */
final class ReadFate<T> {
    private final Function<Refusal, T> notServed;
    private @Nullable Refusal last;

    /** @param notServed the result of a read that was not answered */
    ReadFate(Function<Refusal, T> notServed) {
        this.notServed = notServed;
    }

    /** Nobody was reached; what somebody said before is kept. */
    void notSent(String detail) {
        last = last == null ? Refusal.unreached(detail) : last;
    }

    /** Somebody may have been reached, and did not answer. */
    void lost(String detail) {
        last = Refusal.unreached(detail);
    }

    /** The answer is none to this read. */
    Optional<T> notUnderstood() {
        return refused(new Refusal(Problem.INTERNAL.type(), true, "The answer to the read is not understood."));
    }

    /** The answer is longer than is taken. */
    Optional<T> tooLarge(int limitBytes) {
        return refused(new Refusal(
                Problem.VALUE_TOO_LARGE.type(),
                false,
                "The answer has more than the " + limitBytes + " bytes that this client takes."));
    }

    /** Refused; the result, unless the refusal is one that passes. */
    Optional<T> refused(Refusal why) {
        last = why;
        return why.retryable() ? Optional.empty() : Optional.of(ended());
    }

    /** The result when it is not asked again. */
    T ended() {
        return notServed.apply(last == null ? Refusal.unreached("There was no time left to ask anybody.") : last);
    }
}
