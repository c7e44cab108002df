package io.quorate.cli.verb;

import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file or the folder of an export or import. */
final class TransferPlace {
    private static final String STANDARD = "-";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "Has one JSON object per line; - for the standard output or input.")
    private @Nullable String file;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Instead of FILE: has one JSON file per key, as the data folder of the Python prototype and of"
                            + " STORAGE=json.")
    private @Nullable String folder;

    /** One of both is given. */
    void check() throws CommandRefusedException {
        if ((file == null) == (folder == null)) {
            throw new CommandRefusedException(
                    ExitCode.USAGE, "Name either a FILE, - for the standard output or input, or a --folder.");
        }
    }

    boolean isStandard() {
        return STANDARD.equals(file);
    }

    boolean isFolder() {
        return folder != null;
    }

    /** As it was given, for people. */
    String shown() {
        return isStandard() ? "the standard output or input" : given();
    }

    private String given() {
        return String.valueOf(folder == null ? file : folder);
    }

    Path path() throws CommandRefusedException {
        try {
            return Path.of(given());
        } catch (InvalidPathException e) {
            throw new CommandRefusedException(ExitCode.USAGE, shown() + " is no path: " + reason(e) + ".");
        }
    }

    static String reason(Exception e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " (" + e.getMessage() + ")";
    }
}
