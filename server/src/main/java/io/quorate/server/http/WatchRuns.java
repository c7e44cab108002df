package io.quorate.server.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All watches of a worker: lets them write in turns, so that neither many watches nor much that is watched holds the
 * event loop up, and bounds what they hold together. Used on the event loop alone.
 */
final class WatchRuns {
    /** Watches at once. */
    static final int MAX_WATCHES = 256;

    /** Partitions of all watches together, each of which is asked all the time. */
    static final int MAX_PARTITIONS = 16_384;

    /** Bytes of changes that all watches together keep for their clients. */
    private static final long MAX_KEPT_BYTES = 32L << 20;

    /** Written in one turn of the event loop. */
    private static final int TURN_BYTES = 256 << 10;

    private static final int TICK_MILLIS = 250;

    private final Vertx vertx;
    private final Context context;
    private final WatchFigures figures;
    private final Set<WatchRun> runs = new LinkedHashSet<>();
    private final Set<WatchRun> withNews = new LinkedHashSet<>();
    private int partitions;
    private int asked;
    private long keptBytes;
    private boolean turnIsDue;
    private long timer = -1;

    WatchRuns(Vertx vertx, Context context, WatchFigures figures) {
        this.vertx = vertx;
        this.context = context;
        this.figures = figures;
    }

    /** Whether a watch of so many partitions may begin; what is still asked for watches that ended counts, too. */
    boolean hasRoomFor(int more) {
        return runs.size() < MAX_WATCHES && Math.max(partitions, asked) + more <= MAX_PARTITIONS;
    }

    /** How many there are. */
    int size() {
        return runs.size();
    }

    void begin(WatchRun run) {
        runs.add(run);
        partitions += run.partitions();
        figures.open(runs.size());
        if (timer < 0) {
            timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
        }
        run.goOn();
    }

    void ended(WatchRun run) {
        if (runs.remove(run)) {
            partitions -= run.partitions();
            withNews.remove(run);
            figures.open(runs.size());
        }
    }

    /** A watch sent so many requests more than were answered. */
    void asked(int difference) {
        asked += difference;
    }

    /** A watch keeps so many bytes more than before. */
    void kept(long difference) {
        keptBytes += difference;
    }

    /** Whether there is room for more. */
    boolean mayKeep() {
        return keptBytes < MAX_KEPT_BYTES;
    }

    void written(int changes) {
        figures.written(changes);
    }

    /** The watch may have something to write. */
    void hasNews(WatchRun run) {
        withNews.add(run);
        if (!turnIsDue) {
            turnIsDue = true;
            context.runOnContext(_ -> turn());
        }
    }

    private void turn() {
        turnIsDue = false;
        int left = TURN_BYTES;
        for (WatchRun run : List.copyOf(withNews)) {
            if (left <= 0) {
                break;
            }
            left -= write(run);
        }
        if (!withNews.isEmpty() && !turnIsDue) {
            turnIsDue = true;
            context.runOnContext(_ -> turn());
        }
    }

    private int write(WatchRun run) {
        withNews.remove(run);
        try {
            int written = run.write();
            if (written > 0) {
                withNews.add(run);
            }
            return written;
        } catch (RuntimeException failure) {
            run.failed(failure);
            return 0;
        }
    }

    private void tick() {
        if (runs.isEmpty()) {
            vertx.cancelTimer(timer);
            timer = -1;
        } else {
            List.copyOf(runs).forEach(WatchRun::tick);
        }
    }
}
