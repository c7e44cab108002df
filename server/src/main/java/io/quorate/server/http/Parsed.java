package io.quorate.server.http;

import java.util.function.Function;

/** What came of reading a part of a request. */
sealed interface Parsed<T> {
    /** It is well-formed. */
    record Ok<T>(T value) implements Parsed<T> {}

    /** It is not, and the request is to be answered with this. */
    record Refused<T>(Refusal refusal) implements Parsed<T> {}

    static <T> Parsed<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Parsed<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Parsed<T> bad(String detail) {
        return new Refused<>(Refusal.badRequest(detail));
    }

    /** Goes on with the value, if there is one. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /** The value in another form, if there is one. */
    default <R> Parsed<R> map(Function<T, R> form) {
        return then(value -> new Ok<>(form.apply(value)));
    }
}
