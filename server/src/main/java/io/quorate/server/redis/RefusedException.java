package io.quorate.server.redis;

/** A command is not done, for a reason that lies in its arguments; the message is what the client is told. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message, null, false, false);
    }

    /** What the client is told. */
    Reply.Failure reply() {
        return new Reply.Failure(String.valueOf(getMessage()));
    }
}
