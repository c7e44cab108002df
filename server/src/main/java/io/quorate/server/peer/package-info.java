/**
 * Links between the processes of a cluster over TCP: framed, checksummed, ordered streams of opaque payloads.
 *
 * <p>{@link io.quorate.server.peer.PeerNetwork} is the port, {@link io.quorate.server.peer.TcpPeerNetwork} its
 * production form. What the payloads mean is none of this package's business.
 */
@NullMarked
package io.quorate.server.peer;

import org.jspecify.annotations.NullMarked;
