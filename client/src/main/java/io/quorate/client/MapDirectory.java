package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.client.MapSource.Fetched;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whom the map names, fetched before it is first needed and again, in the background, when somebody doubts it or it is
 * old: until then requests go to any other worker, all of which take any key.
 */
final class MapDirectory implements Directory {
    /** A map is fetched again when it is used after this time: the answer to a write does not tell who served it. */
    static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Duration REFRESH_LIMIT = Duration.ofSeconds(5);

    private final MapSource source;
    private final Timing timing;
    private final Executor background;
    private final RefreshRule rule = new RefreshRule();
    private final ReentrantLock first = new ReentrantLock();
    private volatile @Nullable RouteTable known;
    private volatile long fetchedNanos;
    private volatile Failure lastFailure = new Failure(0, "", false);

    private record Failure(int count, String detail, boolean hopeful) {}

    MapDirectory(MapSource source, Timing timing, Executor background) {
        this.source = source;
        this.timing = timing;
        this.background = background;
    }

    @Override
    public Candidates candidates(Bytes key, Deadline deadline) throws InterruptedException {
        RouteTable table = known;
        if (table == null) {
            return first(key, deadline);
        }
        if (timing.nanoTime() - fetchedNanos > MAX_AGE_NANOS) {
            doubt();
        }
        return table.candidates(key);
    }

    @Override
    public OptionalInt partition(Bytes key, Deadline deadline) throws InterruptedException {
        if (known == null) {
            first(key, deadline);
        }
        RouteTable table = known;
        return table == null ? OptionalInt.empty() : table.partition(key);
    }

    /** Whoever waited while another one failed to fetch it takes that for an answer. */
    private Candidates first(Bytes key, Deadline deadline) throws InterruptedException {
        Failure before = lastFailure;
        if (!first.tryLock(deadline.leftMillis(timing.nanoTime()), TimeUnit.MILLISECONDS)) {
            return new Candidates.Nobody("The map of the cluster was not answered in time.", true);
        }
        try {
            if (known == null && before.count() == lastFailure.count()) {
                takeOver(source.fetch(List.of(), deadline));
            }
        } finally {
            first.unlock();
        }
        RouteTable table = known;
        return table == null
                ? new Candidates.Nobody(
                        "No controller or worker answers with a map (" + lastFailure.detail() + ").",
                        lastFailure.hopeful())
                : table.candidates(key);
    }

    @Override
    public void doubt() {
        if (!timing.isClosed() && rule.begin(timing.nanoTime())) {
            background.execute(this::refresh);
        }
    }

    private void refresh() {
        RouteTable before = known;
        boolean news = false;
        try {
            List<Worker> workers =
                    before == null ? List.of() : List.copyOf(before.workers().values());
            news = takeOver(source.fetch(workers, Deadline.in(REFRESH_LIMIT, timing.nanoTime())));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            rule.ended(timing.nanoTime(), news);
        }
    }

    /** Whether it is newer than what was known. */
    private synchronized boolean takeOver(Fetched fetched) {
        switch (fetched) {
            case Fetched.Table(RouteTable table) -> {
                RouteTable before = known;
                boolean news = before == null || table.replaces(before);
                if (news) {
                    known = table;
                }
                fetchedNanos = timing.nanoTime();
                return news;
            }
            case Fetched.Nothing(String detail, boolean hopeful) -> {
                lastFailure = new Failure(lastFailure.count() + 1, detail, hopeful);
                return false;
            }
        }
    }
}
