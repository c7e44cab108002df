package io.quorate.client;

import io.quorate.api.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Admits calls and runs each on a thread that may block: the caller's own, or a virtual one. */
final class Engine implements AutoCloseable {
    private final Call.Ways ways;
    private final Transport transport;
    private final SystemTiming timing;
    private final ClientSettings settings;
    private final Executor threads;
    private final Watches watches;
    private final Semaphore places;

    private Engine(
            Call.Ways ways,
            Watches watches,
            Transport transport,
            SystemTiming timing,
            ClientSettings settings,
            Executor threads) {
        this.ways = ways;
        this.watches = watches;
        this.transport = transport;
        this.timing = timing;
        this.settings = settings;
        this.threads = threads;
        this.places = new Semaphore(settings.maxInFlight());
    }

    /** Puts one together. */
    static Engine start(List<Address> addresses, boolean fixed, ClientSettings settings) {
        ThreadFactory virtual = Thread.ofVirtual().name("quorate-client-", 0).factory();
        Executor threads = task -> virtual.newThread(task).start();
        SystemTiming timing = new SystemTiming();
        HttpTransport transport = new HttpTransport(settings.connectLimit(), threads);
        Directory directory = fixed
                ? new FixedDirectory(addresses.stream()
                        .map(address -> new Worker(Optional.empty(), address))
                        .toList())
                : new MapDirectory(
                        new MapSource(transport, timing, addresses, settings.maxMapBytes()), timing, threads);
        Watches watches = new Watches(new WatchRun.Ways(directory, transport, settings), threads);
        Attempts attempts = new Attempts(directory, transport, timing, settings);
        Call.Ways ways = new Call.Ways(attempts, new SessionWrites(attempts, directory, timing, settings));
        return new Engine(ways, watches, transport, timing, settings, threads);
    }

    /** Makes it on the calling thread, which waits for a place within the deadline. */
    <T> T now(RoutedCall<T> routed) {
        requireOpen();
        Deadline deadline = Deadline.in(settings.deadline(), timing.nanoTime());
        Call<T> call = routed.call();
        if (routed.wrong().isPresent()) {
            return call.refused(routed.wrong().get());
        }
        try {
            if (!places.tryAcquire(deadline.leftMillis(timing.nanoTime()), TimeUnit.MILLISECONDS)) {
                return call.refused(noPlace());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return call.refused(Refusal.unreached("The thread was interrupted before anybody was asked."));
        }
        try {
            return call.run(ways, routed.route(), deadline);
        } finally {
            places.release();
        }
    }

    /** Makes it on a virtual thread, if there is a place. */
    <T> CompletableFuture<T> later(RoutedCall<T> routed) {
        requireOpen();
        Deadline deadline = Deadline.in(settings.deadline(), timing.nanoTime());
        Call<T> call = routed.call();
        if (routed.wrong().isPresent()) {
            return CompletableFuture.completedFuture(call.refused(routed.wrong().get()));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.completedFuture(call.refused(noPlace()));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> complete(result, routed, deadline));
        return result;
    }

    /** The place is free before anybody learns the result, so that whoever waits for it can call again. */
    private <T> void complete(CompletableFuture<T> result, RoutedCall<T> routed, Deadline deadline) {
        try {
            T found;
            try {
                found = routed.call().run(ways, routed.route(), deadline);
            } finally {
                places.release();
            }
            result.complete(found);
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    /** The keys of an open client's cluster, for whoever goes through them. */
    Listing listing(ListOptions options) {
        requireOpen();
        return new Listing(options, this::page);
    }

    /** The same for each subscriber. */
    Flow.Publisher<ListedKey> keys(ListOptions options) {
        requireOpen();
        return subscriber -> ListingSubscription.start(new ListingRun(options, this::page), subscriber, threads);
    }

    private PageResult page(ListOptions options) {
        return now(Calls.page(options));
    }

    /** The watches of an open client. */
    Watches watches() {
        requireOpen();
        return watches;
    }

    private void requireOpen() {
        if (timing.isClosed()) {
            throw new IllegalStateException("this client is closed");
        }
    }

    private Refusal noPlace() {
        return Refusal.of(
                Problem.OVERLOADED,
                "This client has " + settings.maxInFlight() + " calls under way, which is as many as it may.");
    }

    /** Whoever waits for an answer, for an event, for the next attempt or for a place goes on at once, and ends. */
    @Override
    public void close() {
        watches.close();
        timing.close();
        transport.close();
    }
}
