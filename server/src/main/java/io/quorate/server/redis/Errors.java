package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import java.util.Locale;

/** What clients are told when something is not done, in the words of Redis where it has some. */
final class Errors {
    static final String SYNTAX = "ERR syntax error";
    static final String NOT_AN_INTEGER = "ERR value is not an integer or out of range";
    static final String NOT_A_FLOAT = "ERR value is not a valid float";
    static final String WOULD_OVERFLOW = "ERR increment or decrement would overflow";
    static final String OFFSET_RANGE = "ERR offset is out of range";
    static final String TOO_LONG = "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    static final String CROSS_SLOT =
            "CROSSSLOT Keys in request don't hash to the same slot: give them a tag in braces, as {user7}:name";
    static final String ABORTED = "EXECABORT Transaction discarded because of previous errors.";
    static final String DEADLINE = "TRYAGAIN the read was not answered in time";
    static final String CONTENDED = "TRYAGAIN the keys were changed by others at every attempt; nothing was written";

    private Errors() {}

    static Reply.Failure failure(String text) {
        return new Reply.Failure(text);
    }

    static RefusedException syntax() {
        return new RefusedException(SYNTAX);
    }

    static RefusedException notAnInteger() {
        return new RefusedException(NOT_AN_INTEGER);
    }

    static RefusedException arity(String name) {
        return new RefusedException(
                "ERR wrong number of arguments for '" + name.toLowerCase(Locale.ROOT) + "' command");
    }

    static RefusedException expireTime(String name) {
        return new RefusedException("ERR invalid expire time in '" + name.toLowerCase(Locale.ROOT) + "' command");
    }

    static RefusedException subcommand(String name, Bytes given) {
        return new RefusedException("ERR unknown subcommand '" + shown(given) + "'. Quorate does not support this of "
                + name + "; docs/redis.md has what it does.");
    }

    /** A word of a client in a sentence: short, and without what would end a line. */
    static String shown(Bytes given) {
        String text = given.toString();
        return text.length() > 128 ? text.substring(0, 128) : text;
    }

    /** Why the cluster did not do what was asked. */
    static Reply.Failure of(Problem problem, String detail) {
        return failure(problem.redisError() + " " + detail);
    }

    /** The same of a read, which changed nothing. */
    static Reply.Failure ofRead(Problem problem, String detail) {
        return problem == Problem.DEADLINE ? failure(DEADLINE) : of(problem, detail);
    }

    /** That nobody knows what became of a write. */
    static Reply.Failure of(Outcome.Unknown unknown) {
        return failure(Problem.DEADLINE.redisError() + " the write may or may not have been applied"
                + (unknown.forgotten() ? ", and nobody will tell" : ""));
    }

    static Reply.Failure internal() {
        return failure("ERR something that should not happen did; the log of this worker has more");
    }
}
