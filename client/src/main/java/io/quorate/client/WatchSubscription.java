package io.quorate.client;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** Goes through a watch for a subscriber on a thread of its own, one event for each that is wanted. */
final class WatchSubscription implements Flow.Subscription {
    private final Flow.Subscriber<? super WatchEvent> subscriber;
    private final Demand demand = new Demand();
    private final WatchRun run;
    private volatile boolean cancelled;
    private volatile boolean wrong;

    private WatchSubscription(Watches watches, WatchOptions options, Flow.Subscriber<? super WatchEvent> subscriber) {
        this.subscriber = subscriber;
        this.run = watches.begin(options, demand::close);
    }

    /** Begins one; what prevents that is told to the subscriber. */
    static void start(
            Watches watches, WatchOptions options, Flow.Subscriber<? super WatchEvent> subscriber, Executor threads) {
        WatchSubscription subscription;
        try {
            subscription = new WatchSubscription(watches, options, subscriber);
        } catch (WatchEndedException | IllegalStateException refused) {
            subscriber.onSubscribe(new Nothing());
            subscriber.onError(refused);
            return;
        }
        threads.execute(subscription::tell);
    }

    /** What a subscriber has whom nothing will be told. */
    private record Nothing() implements Flow.Subscription {
        @Override
        public void request(long more) {}

        @Override
        public void cancel() {}
    }

    private void tell() {
        try (run) {
            subscriber.onSubscribe(this);
            while (tellNext()) {
                // One after the other.
            }
        }
    }

    /** Whether there may be another. */
    private boolean tellNext() {
        Optional<WatchEvent> next;
        try {
            next = demand.take() ? run.next() : Optional.empty();
        } catch (RuntimeException failure) {
            fail(failure);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            next = Optional.empty();
        }
        if (wrong) {
            fail(new IllegalArgumentException("a subscriber asks for at least one event"));
        } else if (!cancelled) {
            next.ifPresentOrElse(subscriber::onNext, subscriber::onComplete);
        }
        return next.isPresent() && !cancelled;
    }

    private void fail(RuntimeException failure) {
        if (!cancelled) {
            subscriber.onError(failure);
        }
    }

    @Override
    public void request(long more) {
        if (more > 0) {
            demand.add(more);
        } else {
            wrong = true;
            demand.close();
            run.close();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        run.close();
    }
}
