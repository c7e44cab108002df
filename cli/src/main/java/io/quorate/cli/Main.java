package io.quorate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code quorate}: hands the command line to the verb that it names. */
@Command(
        name = "quorate",
        mixinStandardHelpOptions = true,
        version = "quorate 0.1.0-SNAPSHOT",
        description = "A distributed key-value store that heals itself.")
public final class Main implements Runnable {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
