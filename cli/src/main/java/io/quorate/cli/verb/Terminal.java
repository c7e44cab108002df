package io.quorate.cli.verb;

/** What a verb does for a person who watches it. */
final class Terminal {
    private Terminal() {}

    /** Whether stdout is a terminal. */
    static boolean isOne() {
        return java.util.Objects.requireNonNull(System.console()).isTerminal();
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
