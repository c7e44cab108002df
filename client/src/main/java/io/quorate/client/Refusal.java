package io.quorate.client;

import io.quorate.api.Problem;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why a request was not carried out.
 *
 * <pre>{@code
 * if (result instanceof WriteResult.NotApplied(Refusal why) && why.is(Problem.NO_QUORUM)) {
 *     shed(why.detail());
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param type the stable last part of the problem's type, for example {@code no-quorum}: a row of {@link Problem}, one of
 *     a later version, or {@link #UNREACHED}
 * @param retryable whether the same request may succeed later
 * @param detail a sentence for the person who reads it
 */
public record Refusal(String type, boolean retryable, String detail) {
    /** The type when nobody who could answer was reached. */
    public static final String UNREACHED = "unreached";

    static Refusal of(Problem problem, String detail) {
        return new Refusal(problem.type(), problem.retryable(), detail);
    }

    static Refusal unreached(String detail) {
        return new Refusal(UNREACHED, true, detail);
    }

    /** The row of the table of errors, empty for {@link #UNREACHED} and for what only a later version knows. */
    public Optional<Problem> problem() {
        return Arrays.stream(Problem.values()).filter(this::is).findFirst();
    }

    /** Whether it is this row of the table of errors. */
    public boolean is(Problem problem) {
        return problem.type().equals(type);
    }
}
