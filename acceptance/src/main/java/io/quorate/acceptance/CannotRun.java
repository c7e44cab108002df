package io.quorate.acceptance;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A run that cannot be made on this machine says why in one line and ends with its exit code. Thread-safe. */
public final class CannotRun implements IExecutionExceptionHandler {
    private static final int EXIT_CODE = 1;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IllegalStateException) {
            command.getErr().println(failure.getMessage());
            return EXIT_CODE;
        }
        throw failure;
    }
}
