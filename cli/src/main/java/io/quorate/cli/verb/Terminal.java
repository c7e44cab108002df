package io.quorate.cli.verb;

import java.io.Console;
import java.util.Optional;

/** What a verb does for a person who watches it. */
final class Terminal {
    private Terminal() {}

    /** Whether stdout is a terminal. */
    static boolean isOne() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Waits a moment between two looks. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
