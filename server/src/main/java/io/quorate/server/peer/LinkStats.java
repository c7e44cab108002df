package io.quorate.server.peer;

/**
 * What has passed between this process and one peer since the start, over both directions and all connections.
 *
 * @param framesSent messages and pings handed to the network
 * @param bytesSent their bytes, headers included
 * @param writes writes to a socket; many frames share one
 * @param framesReceived messages and pings received
 * @param bytesReceived their bytes, headers included
 * @param framesDropped messages given up: refused because a queue was full, or queued when a connection was lost
 * @param connections handshakes that succeeded
 * @param losses connections lost after that
 * @param queuedBytes what waits now
 */
public record LinkStats(
        long framesSent,
        long bytesSent,
        long writes,
        long framesReceived,
        long bytesReceived,
        long framesDropped,
        long connections,
        long losses,
        long queuedBytes) {}
