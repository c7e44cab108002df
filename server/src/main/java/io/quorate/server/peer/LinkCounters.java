package io.quorate.server.peer;

/** The running counts for one peer. Belongs to one event loop. */
final class LinkCounters {
    long framesSent;
    long bytesSent;
    long writes;
    long framesReceived;
    long bytesReceived;
    long framesDropped;
    long connections;
    long losses;

    LinkStats stats(long queuedBytes) {
        return new LinkStats(
                framesSent,
                bytesSent,
                writes,
                framesReceived,
                bytesReceived,
                framesDropped,
                connections,
                losses,
                queuedBytes);
    }
}
