package io.quorate.cli;

/** A verb that cannot do what it was asked; the message is one line that says what to do. */
public final class CommandRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode of the process
     * @param line what is wrong and what to do
     */
    public CommandRefusedException(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    /** With the exit code 1. */
    public CommandRefusedException(String line) {
        this(ExitCode.REFUSED, line);
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
