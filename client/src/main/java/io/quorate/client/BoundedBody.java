package io.quorate.client;

import io.quorate.api.Bytes;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes the body of an answer up to a length; a longer one is cut off and answered as empty. */
final class BoundedBody implements BodySubscriber<Optional<Bytes>> {
    private final int maxBytes;
    private final CompletableFuture<Optional<Bytes>> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private @Nullable Subscription subscription;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Optional<Bytes>> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (whole.isDone()) {
                return;
            }
            if (buffer.remaining() > maxBytes - taken.size()) {
                tooLarge();
            } else {
                byte[] chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                taken.writeBytes(chunk);
            }
        }
    }

    private void tooLarge() {
        if (subscription != null) {
            subscription.cancel();
        }
        whole.complete(Optional.empty());
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(Optional.of(Bytes.wrap(taken.toByteArray())));
    }
}
