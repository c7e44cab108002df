package io.quorate.server.http;

import io.netty.buffer.Unpooled;
import io.quorate.api.Bytes;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/** An answer that goes on for as long as its client listens; used on the event loop alone. */
final class ResponseStream {
    private final HttpServerResponse response;
    private final ClientConnection connection;

    /** @param response whose head is written with the first bytes */
    ResponseStream(HttpServerResponse response, ClientConnection connection) {
        this.response = response;
        this.connection = connection;
    }

    /** Sends further bytes. A client that does not accept them in time is cut off. */
    void write(Bytes bytes) {
        if (isOpen()) {
            connection.awaitAcceptance(
                    response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.asBuffer()))), bytes.length());
        }
    }

    /** Whether the client is behind, so that nothing is to be written until {@link #whenAccepted}. */
    boolean isFull() {
        return response.writeQueueFull();
    }

    /** Runs the step when the client has accepted enough. */
    void whenAccepted(Runnable step) {
        response.drainHandler(_ -> step.run());
    }

    /** Runs the step when the client is gone. */
    void whenClosed(Runnable step) {
        response.closeHandler(_ -> step.run());
        response.exceptionHandler(_ -> step.run());
    }

    boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    void end() {
        if (isOpen()) {
            connection.awaitAcceptance(response.end(), 0);
        }
    }
}
