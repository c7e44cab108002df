package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.cli.CommandRefusedException;
import io.quorate.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds a value, {@code -} for what the shell connects the process to. */
record ValueFile(String path) {
    /** The longest value that a verb takes or prints, whatever the cluster's limit is. */
    static final int MAX_BYTES = 64 << 20;

    private static final String STANDARD = "-";

    /** All of it. */
    Bytes read() throws CommandRefusedException {
        try (InputStream in = isStandard() ? System.in : Files.newInputStream(Path.of(path))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CommandRefusedException(
                        Problem.VALUE_TOO_LARGE.exitCode(),
                        shown("standard input") + " is longer than the " + MAX_BYTES + " bytes that this verb takes.");
            }
            return Bytes.wrap(bytes);
        } catch (IOException | InvalidPathException e) {
            throw new CommandRefusedException(
                    ExitCode.USAGE, shown("standard input") + " cannot be read: " + reason(e));
        }
    }

    /** Writes the bytes and nothing else; what a file held before is gone. */
    void write(Bytes bytes) throws CommandRefusedException {
        try {
            if (isStandard()) {
                System.out.write(bytes.toArray());
                System.out.flush();
            } else {
                Files.write(Path.of(path), bytes.toArray());
            }
        } catch (IOException | InvalidPathException e) {
            throw new CommandRefusedException(shown("standard output") + " cannot be written: " + reason(e));
        }
    }

    boolean isStandard() {
        return path.equals(STANDARD);
    }

    private String shown(String standard) {
        return isStandard() ? "The " + standard : path;
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " (" + e.getMessage() + ").";
    }
}
