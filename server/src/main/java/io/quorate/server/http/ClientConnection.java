package io.quorate.server.http;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/** An open connection and the moment by which its client must have made progress. */
final class ClientConnection {
    private final HttpConnection connection;
    private final HttpSettings.Limit limits;
    private boolean watched;
    private long turn;
    private long deadlineNanos;

    ClientConnection(HttpConnection connection, HttpSettings.Limit limits) {
        this.connection = connection;
        this.limits = limits;
        awaitRequest();
    }

    /** From now on the client is to send a request. */
    void awaitRequest() {
        within(limits.idleMillis());
    }

    /** From now on the client is to send the rest of a body. */
    void awaitBody() {
        within(limits.bodyMillis());
    }

    /** From now on the client is to accept an answer; answers which turn that is. */
    long awaitAcceptance() {
        within(limits.writeMillis());
        return turn;
    }

    /** The client accepted the answer of that turn; when it is already at its next request, that one counts. */
    void accepted(long acceptedTurn) {
        if (acceptedTurn == turn) {
            awaitRequest();
        }
    }

    /** From now on it is the server's turn, which bounds itself. */
    void awaitServer() {
        turn++;
        watched = false;
    }

    /** Closes the connection if its client was too slow. */
    void closeIfOverdue(long nowNanos) {
        if (watched && nowNanos - deadlineNanos > 0) {
            connection.close();
        }
    }

    private void within(long millis) {
        turn++;
        watched = true;
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
