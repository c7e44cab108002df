package io.quorate.client;

import io.quorate.api.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** Begins watches, and ends them with their client; thread-safe. */
final class Watches implements AutoCloseable {
    /** Watches of one client at once, and with that connections beside those of its calls. */
    static final int MAX_WATCHES = 256;

    private final WatchRun.Ways ways;
    private final Executor threads;
    private final Set<WatchRun> open = new HashSet<>();
    private boolean closed;

    Watches(WatchRun.Ways ways, Executor threads) {
        this.ways = ways;
        this.threads = threads;
    }

    /** One that a thread goes through. */
    Watch watch(WatchOptions options) {
        return new Watch(begin(options, () -> {}));
    }

    /** One that begins anew for each subscriber. */
    Flow.Publisher<WatchEvent> publisher(WatchOptions options) {
        return subscriber -> WatchSubscription.start(this, options, subscriber, threads);
    }

    /**
     * Begins one.
     *
     * @param whenClosed is run once it is closed, whoever did that, perhaps more than once
     * @throws WatchEndedException when there are as many as may be
     * @throws IllegalStateException when the client is closed
     */
    synchronized WatchRun begin(WatchOptions options, Runnable whenClosed) {
        if (closed) {
            throw new IllegalStateException("this client is closed");
        }
        if (open.size() >= MAX_WATCHES) {
            throw new WatchEndedException(
                    Refusal.of(
                            Problem.OVERLOADED,
                            "This client has " + MAX_WATCHES + " watches, which is as many as it may."),
                    options.from());
        }
        WatchRun run = new WatchRun(ways, new SystemTiming(), options, Calls.routeOf(options.prefix()), ended -> {
            leave(ended);
            whenClosed.run();
        });
        open.add(run);
        return run;
    }

    private synchronized void leave(WatchRun run) {
        open.remove(run);
    }

    /** Ends all of them. */
    @Override
    public void close() {
        List<WatchRun> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayList<>(open);
        }
        ending.forEach(WatchRun::close);
    }
}
