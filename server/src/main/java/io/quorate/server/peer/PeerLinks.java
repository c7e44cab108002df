package io.quorate.server.peer;

import io.quorate.api.Bytes;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * The links of one process to its peers.
 *
 * <p>Bound to the event loop that opened it: every call comes from that loop, or fails with an
 * {@link IllegalStateException}. Nothing here blocks. Messages sent in one turn of the loop leave together. A message
 * may be lost when its connection is; within a connection none is lost, changed or overtaken.
 */
public interface PeerLinks {
    /**
     * The peers to dial, by process id, from now on: new ones are dialled, changed ones dialled anew, missing ones
     * closed. An entry of this process's own id is passed over.
     */
    void addresses(Map<String, HostPort> addresses);

    /**
     * Sends a payload on the connection that this process dials to the peer, or queues it while that is not open.
     *
     * @param payload at most {@link PeerLimits#MAX_FRAME_BYTES}, shared and not copied, also between peers
     * @return false when it was dropped: the peer has no address or its queue is full
     * @throws IllegalArgumentException when the payload is too large
     */
    boolean request(String peerId, Bytes payload);

    /**
     * Sends a payload back on the connection that the peer dialled last.
     *
     * @param payload at most {@link PeerLimits#MAX_FRAME_BYTES}, shared and not copied
     * @return false when it was dropped: there is no such connection or its queue is full
     * @throws IllegalArgumentException when the payload is too large
     */
    boolean reply(String peerId, Bytes payload);

    /** Whether {@link #request} would leave soon: connected, and little is queued. */
    boolean writable(String peerId);

    /** Whether {@link #reply} would leave soon: connected, and little is queued. */
    boolean answerable(String peerId);

    /** The counts of every peer met so far, by process id. */
    Map<String, LinkStats> stats();

    /** Where this process listens for its peers, with the real port; empty when it only dials. */
    Optional<HostPort> listeningAt();

    /**
     * Stops listening and dialling, gives what is queued a moment to leave, closes all connections. No event follows
     * the call. Calling it again gives the same future.
     *
     * @return completed on the event loop when everything is closed and the port is free; it does not fail
     */
    Future<Void> close();
}
