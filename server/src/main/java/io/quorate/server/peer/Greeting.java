package io.quorate.server.peer;

/** What two processes tell each other before the first message. */
sealed interface Greeting {
    /**
     * The dialler's.
     *
     * @param versions what it speaks
     * @param self who it is
     * @param targetId whom it wants to reach
     */
    record Hello(ProtocolVersions versions, PeerIdentity self, String targetId) implements Greeting {}

    /**
     * The acceptor's answer when they will talk.
     *
     * @param version the protocol version of every frame that follows
     * @param self who it is
     */
    record Welcome(int version, PeerIdentity self) implements Greeting {}

    /**
     * The acceptor's answer when they will not; it closes the connection after it.
     *
     * @param reason what kept them apart
     * @param detail one line for the log of the dialler
     */
    record Refusal(RejectReason reason, String detail) implements Greeting {}
}
