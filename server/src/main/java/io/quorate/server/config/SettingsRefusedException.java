package io.quorate.server.config;

/** Settings that nothing can be started with; the message is one line that says what to change. */
public final class SettingsRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param line what is wrong and what to do
     */
    public SettingsRefusedException(String line) {
        super(line);
    }
}
