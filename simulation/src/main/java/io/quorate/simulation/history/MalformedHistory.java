package io.quorate.simulation.history;

/** A text that is no history; the message says in which line and why. */
public final class MalformedHistory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedHistory(String message) {
        super(message);
    }

    MalformedHistory(RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    MalformedHistory(long line, RuntimeException cause) {
        super("line %d: %s".formatted(line, cause.getMessage()), cause);
    }
}
