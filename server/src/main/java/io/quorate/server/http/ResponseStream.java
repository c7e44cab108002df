package io.quorate.server.http;

import io.netty.buffer.Unpooled;
import io.quorate.api.Bytes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;

/** An answer that goes on for as long as its client listens; used on the event loop alone. */
final class ResponseStream {
    /** With so much on its way that the client has not accepted, nothing more is to be written. */
    static final int MAX_ON_THE_WAY_BYTES = 256 << 10;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ClientConnection connection;
    private Runnable whenAccepted = () -> {};
    private long onTheWayBytes;

    /** @param request whose answer's head is written with the first bytes */
    ResponseStream(HttpServerRequest request, ClientConnection connection) {
        this.request = request;
        this.response = request.response();
        this.connection = connection;
    }

    /** Sends further bytes. A client that does not accept them in time is cut off. */
    void write(Bytes bytes) {
        if (!isOpen()) {
            return;
        }
        Future<Void> written = response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.asBuffer())));
        connection.awaitAcceptance(written, bytes.length());
        if (!written.isComplete()) {
            onTheWayBytes += bytes.length();
            written.onComplete(_ -> accepted(bytes.length()));
        }
    }

    private void accepted(int bytes) {
        boolean wasFull = isFull();
        onTheWayBytes -= bytes;
        if (wasFull && !isFull() && isOpen()) {
            whenAccepted.run();
        }
    }

    /** Whether the client is behind, so that nothing is to be written until {@link #whenAccepted}. */
    boolean isFull() {
        return onTheWayBytes > MAX_ON_THE_WAY_BYTES;
    }

    /** Runs the step whenever the client, who was behind, has accepted enough. */
    void whenAccepted(Runnable step) {
        whenAccepted = step;
    }

    /** Runs the step when the client is gone. */
    void whenClosed(Runnable step) {
        response.closeHandler(_ -> step.run());
        response.exceptionHandler(_ -> step.run());
    }

    boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    /** Ends the connection in the middle of the answer, so that the client sees that something is missing. */
    void cut() {
        if (isOpen()) {
            request.connection().close();
        }
    }

    /** Ends the answer; a client of HTTP/1.0 sees the end only in that of the connection. */
    void end() {
        if (!isOpen()) {
            return;
        }
        Future<Void> ended = response.end();
        connection.awaitAcceptance(ended, 0);
        if (request.version() == HttpVersion.HTTP_1_0) {
            ended.onComplete(_ -> request.connection().close());
        }
    }
}
