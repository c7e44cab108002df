package io.quorate.cli.verb;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a verb does for a person who watches it. */
final class Terminal {
    private Terminal() {}

    /** Whether stdout is a terminal. */
    static boolean isOne() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Whether stderr is one; where the system does not tell, whether stdout is. */
    static boolean hasErrors() {
        try {
            String device = Path.of("/dev/stderr").toRealPath().toString();
            return device.startsWith("/dev/pts/")
                    || device.startsWith("/dev/tty")
                    || (device.startsWith("/dev/fd/") && isOne());
        } catch (IOException nothing) {
            return false;
        }
    }
}
