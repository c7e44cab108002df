package io.quorate.simulation;

/** Something happened that must never happen. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Promise promise;

    Violation(Promise promise, String message) {
        super(message);
        this.promise = promise;
    }

    /** What was broken. */
    public Promise promise() {
        return promise;
    }
}
