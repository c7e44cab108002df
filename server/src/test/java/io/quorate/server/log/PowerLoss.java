package io.quorate.server.log;

/** The moment at which a simulated machine stops. */
final class PowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1;

    PowerLoss() {
        super("power lost");
    }
}
