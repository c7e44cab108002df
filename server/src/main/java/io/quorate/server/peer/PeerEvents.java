package io.quorate.server.peer;

import io.quorate.api.Bytes;

/**
 * What a process hears from its peers. Called on the event loop that opened the links, never at the same time twice,
 * and never after {@link PeerLinks#close()}.
 */
public interface PeerEvents {
    /**
     * A payload arrived. Payloads of one connection arrive in the order in which they were sent, without gaps and
     * without repetition.
     *
     * @param from who sent it, as the handshake of that connection said
     * @param isReply true when it came on the connection that this process dialled, false when the peer did
     * @param payload what was sent
     */
    void received(PeerIdentity from, boolean isReply, Bytes payload);

    /**
     * The connection that this process dials to a peer changed, or another attempt to open it failed: failures are
     * reported at every attempt, at most once per back-off. {@code Connected} comes before the first payload of a
     * connection, {@code Disconnected} after its last.
     */
    void linkChanged(String peerId, LinkState state);
}
