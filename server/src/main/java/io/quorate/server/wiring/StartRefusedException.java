package io.quorate.server.wiring;

/** A process cannot start, or must not go on; the message is one line that says what to change. */
public final class StartRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param line what is wrong and what to do
     */
    public StartRefusedException(String line) {
        super(line);
    }

    /**
     * @param line what is wrong and what to do
     * @param cause what was met
     */
    public StartRefusedException(String line, Throwable cause) {
        super(line, cause);
    }
}
