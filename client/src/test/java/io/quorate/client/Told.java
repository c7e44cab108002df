package io.quorate.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A subscriber that keeps what it is told. */
class Told<T> implements Flow.Subscriber<T> {
    final List<String> items = new CopyOnWriteArrayList<>();
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
    private final Function<T, String> shown;

    /** @param shown what it keeps of an item */
    Told(Function<T, String> shown) {
        this.shown = shown;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
    }

    @Override
    public void onNext(T item) {
        items.add(shown.apply(item));
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    void request(long more) {
        subscription.join().request(more);
    }

    @Nullable Throwable end() throws Exception {
        return end.get(10, TimeUnit.SECONDS);
    }
}
