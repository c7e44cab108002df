package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Consistency;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import java.time.Duration;

/** What callers may ask, checked and made into courses: both forms of a client take theirs from here. */
final class Calls {
    private Calls() {}

    static Course<ReadResult> read(Bytes key, Consistency consistency) {
        return new ReadCourse(Requests.read(key, consistency));
    }

    static Call<WriteResult> write(Command command) {
        return new UnnamedWrite(Requests.unnamed(command));
    }

    static Call<WriteResult> write(Command command, String idempotencyKey) {
        boolean fits = !idempotencyKey.isBlank()
                && idempotencyKey.length() <= IdempotencyKey.MAX_CHARS
                && idempotencyKey.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
        if (!fits) {
            throw new IllegalArgumentException("an idempotency key has 1 to " + IdempotencyKey.MAX_CHARS
                    + " characters of printable ASCII, not all of them spaces");
        }
        return WriteCourse.of(Requests.unnamed(command), idempotencyKey);
    }

    static Command expire(Bytes key, Duration timeToLive) {
        return new Command.Retime(key, new Lifetime.For(timeToLive.toMillis()), Condition.ALWAYS);
    }

    static Command persist(Bytes key) {
        return new Command.Retime(key, Lifetime.FOREVER, Condition.ALWAYS);
    }
}
