package io.quorate.server.peer;

/** The bounds of everything that a peer link holds or accepts. */
public final class PeerLimits {
    /** Largest payload of one frame, in bytes. */
    public static final int MAX_FRAME_BYTES = 8 << 20;

    /** Largest payload of a frame before the handshake is over, in bytes. */
    static final int MAX_HANDSHAKE_BYTES = 4 << 10;

    /** Longest process id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 128;

    /** Longest explanation in a refusal, in bytes of UTF-8. */
    static final int MAX_DETAIL_BYTES = 512;

    /** What one connection may hold back before further messages are dropped, in bytes. */
    public static final long MAX_QUEUED_BYTES = 32L << 20;

    /** What waits for a peer that is not connected before further messages are dropped, in bytes. */
    public static final long MAX_QUEUED_WHILE_DOWN_BYTES = 1L << 20;

    /** Below this many queued bytes a connected peer counts as writable. */
    public static final long WRITABLE_BELOW_BYTES = 4L << 20;

    /** What a queued message counts beyond its bytes, so that a queue of tiny ones is bounded too. */
    static final int QUEUED_FRAME_OVERHEAD_BYTES = 64;

    /** Frames are written in pieces of about this size; a larger frame is a piece of its own. */
    static final int CHUNK_BYTES = 256 << 10;

    /** Accepted connections at a time; a further one is closed at once. */
    public static final int MAX_ACCEPTED_CONNECTIONS = 1024;

    /** Peers with counters of their own; later ones share one. */
    static final int MAX_COUNTED_PEERS = 1024;

    /** Different log lines remembered so as not to repeat them. */
    static final int MAX_REMEMBERED_LINES = 64;

    /** How long an orderly close waits for what is queued, in milliseconds. */
    static final long CLOSE_GRACE_MILLIS = 500;

    private PeerLimits() {}
}
