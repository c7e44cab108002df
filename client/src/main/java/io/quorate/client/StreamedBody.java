package io.quorate.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands the body of an answer over piece by piece, and reads no further while {@link #MAX_PIECES_AHEAD} are not taken. */
final class StreamedBody implements BodySubscriber<StreamedBody>, AutoCloseable {
    /** Pieces that are read before they are wanted; each is what one read of the connection gave, some 16 KiB. */
    static final int MAX_PIECES_AHEAD = 8;

    /** What is taken from it. */
    sealed interface Piece {
        /** Bytes. */
        record Some(List<ByteBuffer> buffers) implements Piece {}

        /** There is nothing more. */
        record End(String detail) implements Piece {}
    }

    /** As many pieces as were asked for, and at most two ends. */
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(MAX_PIECES_AHEAD + 2);

    private @Nullable Subscription subscription;
    private boolean closed;

    @Override
    public CompletionStage<StreamedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(MAX_PIECES_AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Some(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        ended(Optional.ofNullable(failure.getMessage()).orElse("the connection was lost"));
    }

    @Override
    public void onComplete() {
        ended("the answer ended");
    }

    private void ended(String detail) {
        pieces.add(new Piece.End(detail));
    }

    /** The next piece, empty when none came in time; nothing follows an end. */
    Optional<Piece> next(long limitMillis) throws InterruptedException {
        Piece piece = pieces.poll(limitMillis, TimeUnit.MILLISECONDS);
        if (piece instanceof Piece.Some) {
            wantAnother();
        }
        return Optional.ofNullable(piece);
    }

    private synchronized void wantAnother() {
        if (subscription != null && !closed) {
            subscription.request(1);
        }
    }

    /** Gives the connection up. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (subscription != null) {
                subscription.cancel();
            }
            pieces.clear();
            ended("closed");
        }
    }
}
