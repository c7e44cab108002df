package io.quorate.api;

import java.util.Locale;

/** Every reason for which a request is not answered with what it asked for: one row of the table of errors. */
public enum Problem {
    /** The request is malformed or has an unknown value of a parameter. */
    BAD_REQUEST(400, 2, "ERR", false),
    /** The key does not exist. */
    KEY_NOT_FOUND(404, 4, "ERR", false),
    /** The path does not exist. */
    NO_SUCH_PATH(404, 2, "ERR", false),
    /** The method does not fit the path. */
    METHOD_NOT_ALLOWED(405, 2, "ERR", false),
    /** Another worker with the same id is alive. */
    DUPLICATE_WORKER(409, 1, "ERR", false),
    /** The key's value is not a whole number of 64 bits, or the sum would not be one. */
    NOT_AN_INTEGER(409, 2, "ERR", false),
    /** The place at which a watch is to go on is not kept any more. */
    POSITION_GONE(410, 4, "ERR", false),
    /** The session was not written in for too long, or has forgotten the write. */
    SESSION_ENDED(410, 4, "ERR", false),
    /** The condition did not hold. */
    CONDITION_FAILED(412, 5, "ERR", false),
    /** The value is larger than MAX_VALUE_BYTES. */
    VALUE_TOO_LARGE(413, 2, "ERR", false),
    /** The key is longer than {@link Limits#MAX_KEY_BYTES}. */
    KEY_TOO_LARGE(414, 2, "ERR", false),
    /** The process asked is not the one that can answer, and the answer names who can. */
    MISDIRECTED(421, 6, "TRYAGAIN", true),
    /** The idempotency key was sent before with another write. */
    IDEMPOTENCY_REUSED(422, 2, "ERR", false),
    /** The partition remembers as many idempotency keys as it may. */
    IDEMPOTENCY_FULL(503, 6, "TRYAGAIN", true),
    /** The write quorum cannot be reached. */
    NO_QUORUM(503, 6, "NOREPLICAS", true),
    /** Nobody leads the key's partition. */
    NO_LEADER(503, 6, "NOREPLICAS", true),
    /** The cluster has not enough workers for a first configuration. */
    NOT_READY(503, 6, "LOADING", true),
    /** More is asked than is admitted. */
    OVERLOADED(503, 6, "TRYAGAIN", true),
    /** The deadline passed and the fate of the write is not known, or a read was not answered in time. */
    DEADLINE(504, 7, "UNKNOWN", true),
    /** The write is applied, and fewer replicas than it asked for are known to have it on disk. */
    TOO_FEW_ACKS(504, 7, "ERR", false),
    /** The disk is nearly full. */
    DISK_FULL(507, 8, "MISCONF", true),
    /** Something that should not happen did. */
    INTERNAL(500, 1, "ERR", false);

    private final int httpStatus;
    private final int exitCode;
    private final String redisError;
    private final boolean retryable;

    Problem(int httpStatus, int exitCode, String redisError, boolean retryable) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
        this.redisError = redisError;
        this.retryable = retryable;
    }

    /** The stable last part of the problem's type, for example {@code key-not-found}. */
    public String type() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status of an HTTP answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The exit code of the command line. */
    public int exitCode() {
        return exitCode;
    }

    /** The first word of an error of the Redis protocol. */
    public String redisError() {
        return redisError;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
