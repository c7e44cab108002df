package io.quorate.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** The command line as a process runs it, and what it prints. */
final class CommandRun {
    final StringWriter printed = new StringWriter();
    final StringWriter errors = new StringWriter();

    /** Runs it with those words and further ones behind them; answers the exit code. */
    int run(String[] words, String... more) {
        return Main.commandLine()
                .setErr(new PrintWriter(errors, true))
                .setOut(new PrintWriter(printed, true))
                .execute(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
    }
}
