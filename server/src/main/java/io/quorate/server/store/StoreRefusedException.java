package io.quorate.server.store;

/** A store cannot be opened; the message is one line for the person who started the process. */
public final class StoreRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, and what to do
     */
    public StoreRefusedException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, and what to do
     * @param cause what the library or the file system said
     */
    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
