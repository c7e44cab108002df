package io.quorate.client;

/** What one answer says of a write. */
sealed interface WriteAnswer<T> {
    /** It says what became of the write, the attempts before this one included; it is remembered under the write's name. */
    record Decided<T>(T result) implements WriteAnswer<T> {}

    /** It leaves it open. */
    record Open<T>(String detail) implements WriteAnswer<T> {}

    /** It leaves it open, and no other answer will ever tell more. */
    record Forgotten<T>(String detail) implements WriteAnswer<T> {}

    /** This attempt is surely in no log; of earlier ones, and of what a further one would do, it says nothing. */
    record Refused<T>(Refusal why) implements WriteAnswer<T> {}
}
