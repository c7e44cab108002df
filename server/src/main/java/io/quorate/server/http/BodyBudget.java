package io.quorate.server.http;

/** The bytes of bodies that are being received at once by one front end. */
final class BodyBudget {
    private final long maxBytes;
    private long bytes;

    BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reserves bytes unless that would be too many. */
    boolean take(int more) {
        if (bytes + more > maxBytes) {
            return false;
        }
        bytes += more;
        return true;
    }

    void release(int taken) {
        bytes -= taken;
    }
}
