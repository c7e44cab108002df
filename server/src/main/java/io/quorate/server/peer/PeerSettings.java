package io.quorate.server.peer;

/**
 * The times and versions of peer links, apart from the components that use them.
 *
 * <p>Times without traffic are counted in ticks of the process's own loop, not by a clock: a process that was itself
 * held up must not take its peers for silent.
 *
 * @param versions the protocol versions spoken
 * @param connectTimeoutMillis how long a TCP connection may take to open
 * @param minPauseMillis the pause after the first failed attempt to reach a peer; attempts after it wait longer
 * @param maxPauseMillis the longest pause between two attempts
 * @param tickMillis the time between two looks at all connections
 * @param pingAfterTicks ticks without anything sent before a ping is sent
 * @param silentAfterTicks ticks without anything received before a connection counts as broken
 * @param handshakeTicks ticks that a handshake may take
 */
public record PeerSettings(
        ProtocolVersions versions,
        int connectTimeoutMillis,
        int minPauseMillis,
        int maxPauseMillis,
        int tickMillis,
        int pingAfterTicks,
        int silentAfterTicks,
        int handshakeTicks) {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int MIN_PAUSE_MILLIS = 10;
    private static final int MAX_PAUSE_MILLIS = 1_000;
    private static final int TICK_MILLIS = 2_000;
    private static final int PING_AFTER_TICKS = 1;
    private static final int SILENT_AFTER_TICKS = 3;
    private static final int HANDSHAKE_TICKS = 2;

    public PeerSettings {
        if (connectTimeoutMillis <= 0 || tickMillis <= 0 || pingAfterTicks <= 0 || handshakeTicks <= 0) {
            throw new IllegalArgumentException("Every time of a peer link is positive");
        }
        if (minPauseMillis <= 0 || maxPauseMillis < minPauseMillis) {
            throw new IllegalArgumentException("Pauses between attempts are positive, the longest not the shortest");
        }
        // A ping leaves up to one tick late and its receiver looks once a tick.
        if (silentAfterTicks < pingAfterTicks + 2) {
            throw new IllegalArgumentException("Silence must be longer than two pings are apart");
        }
    }

    /** What a process uses: a ping after 2 s to 4 s, broken after 6 s to 8 s of silence. */
    public static PeerSettings standard() {
        return new PeerSettings(
                ProtocolVersions.CURRENT,
                CONNECT_TIMEOUT_MILLIS,
                MIN_PAUSE_MILLIS,
                MAX_PAUSE_MILLIS,
                TICK_MILLIS,
                PING_AFTER_TICKS,
                SILENT_AFTER_TICKS,
                HANDSHAKE_TICKS);
    }
}
