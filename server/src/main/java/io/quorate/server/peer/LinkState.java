package io.quorate.server.peer;

/** How the connection that this process dials to a peer stands. */
public sealed interface LinkState {
    /**
     * Both have greeted each other; messages flow from now on.
     *
     * @param identity who answered
     * @param protocolVersion the version that both speak on this connection
     */
    record Connected(PeerIdentity identity, int protocolVersion) implements LinkState {}

    /**
     * The connection was lost, or an attempt failed in another way than those below. What was queued on a lost
     * connection is gone.
     *
     * @param reason one line for the log
     */
    record Disconnected(String reason) implements LinkState {}

    /** Nothing listens at the peer's address: its host answers, its process does not. A strong sign of failure. */
    record Refused() implements LinkState {}

    /**
     * A process answered, but it and this one do not talk.
     *
     * @param reason what kept them apart
     * @param detail one line for the log
     */
    record Rejected(RejectReason reason, String detail) implements LinkState {}
}
