package io.quorate.cli.verb;

/** What a verb does for a person who watches it. */
final class Terminal {
    private Terminal() {}

    /** Whether stdout is a terminal. */
    static boolean isOne() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
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
