package io.quorate.client;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Goes through a listing for a subscriber, one key for each that is wanted, on a thread that ends when no more is: a
 * subscriber that takes its time holds a page and nothing else.
 */
final class ListingSubscription implements Flow.Subscription {
    private final ListingRun keys;
    private final Flow.Subscriber<? super ListedKey> subscriber;
    private final Executor threads;
    private long wanted;
    private boolean mistaken;
    /** Whether a thread is telling, which is the only one that may. */
    private boolean telling = true;
    /** Nothing more is told. */
    private boolean over;

    private ListingSubscription(ListingRun keys, Flow.Subscriber<? super ListedKey> subscriber, Executor threads) {
        this.keys = keys;
        this.subscriber = subscriber;
        this.threads = threads;
    }

    /** Begins one. */
    static void start(ListingRun keys, Flow.Subscriber<? super ListedKey> subscriber, Executor threads) {
        ListingSubscription subscription = new ListingSubscription(keys, subscriber, threads);
        threads.execute(() -> {
            subscriber.onSubscribe(subscription);
            subscription.tell();
        });
    }

    private void tell() {
        while (mayTell()) {
            tellNext();
        }
    }

    private synchronized boolean mayTell() {
        telling = !over && (wanted > 0 || mistaken);
        return telling;
    }

    private void tellNext() {
        boolean there;
        try {
            requireNoMistake();
            there = keys.hasNext();
        } catch (RuntimeException failure) {
            if (end()) {
                subscriber.onError(failure);
            }
            return;
        }
        if (there && counted()) {
            subscriber.onNext(keys.next());
        }
        if (keys.isOver() && end()) {
            subscriber.onComplete();
        }
    }

    private synchronized void requireNoMistake() {
        if (mistaken) {
            throw new IllegalArgumentException("a subscriber asks for at least one key");
        }
    }

    /** Whether the next one may be told, which is counted then. */
    private synchronized boolean counted() {
        if (wanted < Long.MAX_VALUE) {
            wanted--;
        }
        return !over;
    }

    /** Whether it was not over before. */
    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    @Override
    public void request(long more) {
        if (beginsToTell(more)) {
            threads.execute(this::tell);
        }
    }

    private synchronized boolean beginsToTell(long more) {
        mistaken |= more <= 0;
        long sum = wanted + Math.max(0, more);
        wanted = sum < 0 ? Long.MAX_VALUE : sum;
        boolean begins = !telling && !over;
        telling |= begins;
        return begins;
    }

    @Override
    public void cancel() {
        end();
    }
}
