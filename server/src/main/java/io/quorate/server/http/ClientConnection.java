package io.quorate.server.http;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * An open connection: the moment by which its client must have made progress, and how much it has not yet accepted of
 * what it was answered.
 */
final class ClientConnection {
    /** With so much on its way, further pipelined requests wait. */
    private static final long CONGESTED_BYTES = 256 << 10;

    private static final int ESTIMATED_HEADER_BYTES = 512;

    private final Runnable cut;
    private final HttpSettings.Limit limits;
    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
    private boolean watched;
    private long turn;
    private long deadlineNanos;
    private long unacceptedBytes;

    /**
     * @param cut closes the connection without waiting for what is on its way
     */
    ClientConnection(Runnable cut, HttpSettings.Limit limits) {
        this.cut = cut;
        this.limits = limits;
        awaitRequest();
    }

    /** From now on the client is to send the rest of a body. */
    void awaitBody() {
        within(limits.bodyMillis());
    }

    /** From now on it is the server's turn, which bounds itself. */
    void awaitServer() {
        turn++;
        watched = false;
    }

    /**
     * From now on the client is to accept an answer, and then to send a request. What is written while it has yet to accept
     * something gives it no more time: only what it accepts does.
     */
    void awaitAcceptance(Future<Void> written, int bodyBytes) {
        if (written.isComplete()) {
            awaitRequest();
            return;
        }
        if (unacceptedBytes == 0 || !watched) {
            within(limits.writeMillis());
        }
        long bytes = (long) bodyBytes + ESTIMATED_HEADER_BYTES;
        unacceptedBytes += bytes;
        long answered = turn;
        written.onComplete(done -> {
            unacceptedBytes -= bytes;
            if (answered == turn && unacceptedBytes > 0) {
                deadlineNanos = after(limits.writeMillis());
            } else if (answered == turn) {
                awaitRequest();
            }
            if (!isCongested() && !waiting.isEmpty()) {
                waiting.remove().run();
            }
        });
    }

    /** Whether the client is so far behind in accepting answers that it is not to be given more. */
    boolean isCongested() {
        return unacceptedBytes > CONGESTED_BYTES;
    }

    /** Runs the step when the client has accepted more. The server hands out one request at a time, so one waits. */
    void whenAccepted(Runnable step) {
        waiting.add(step);
    }

    /** Cuts the connection if its client was too slow. */
    void cutIfOverdue(long nowNanos) {
        if (watched && nowNanos - deadlineNanos > 0) {
            cut.run();
        }
    }

    private void awaitRequest() {
        within(limits.idleMillis());
    }

    private void within(long millis) {
        turn++;
        watched = true;
        deadlineNanos = after(millis);
    }

    private static long after(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
