package io.quorate.server.redis;

/** The bytes of unfinished commands of all connections of a worker. Used on the event loop alone. */
final class ReceivedBytes {
    private final long limit;
    private long bytes;

    ReceivedBytes(long limit) {
        this.limit = limit;
    }

    void change(int more) {
        bytes += more;
    }

    boolean isTooMuch() {
        return bytes > limit;
    }
}
