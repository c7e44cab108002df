package io.quorate.cli;

/** The exit codes that are not those of a {@link io.quorate.api.Problem}. */
public final class ExitCode {
    /** It was done. */
    public static final int DONE = 0;

    /** It was refused or failed. */
    public static final int REFUSED = 1;

    /** The command line or a setting is wrong. */
    public static final int USAGE = 2;

    /** A promise was broken in a simulation. */
    public static final int VIOLATION = 3;

    /** Nobody who could answer was reached; nothing was changed. */
    public static final int UNREACHED = 6;

    /** What became of it is not known. */
    public static final int UNKNOWN = 7;

    private ExitCode() {}
}
