package io.quorate.core.replica;

import io.quorate.core.cluster.Now;

/**
 * When a worker's next heartbeat is due: after one interval while it works, after several while it has nothing to say.
 *
 * <p>A heartbeat announces the pause that follows it, so that the silence is not taken for a loss. News ends the pause.
 * Not thread-safe.
 */
public final class HeartbeatPace {
    /** The intervals between two heartbeats of a worker without news. */
    public static final int QUIET_INTERVALS = 10;

    private final long intervalMillis;
    private long sentNanos;
    private long quietMillis;
    private long requests;

    /**
     * @param intervalMillis HEARTBEAT_INTERVAL
     */
    public HeartbeatPace(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    /** In how many milliseconds the next heartbeat is due; less than 1 when it is overdue. */
    public long dueInMillis(WorkerCore core, Now now) {
        long pauseMillis = hasNews(core) ? intervalMillis : intervalMillis + quietMillis;
        return pauseMillis - (now.monotonicNanos() - sentNanos) / Now.NANOS_PER_MILLI;
    }

    /** Ends a pause that was announced when there is news; answers true once for each pause that it ends. */
    public boolean endPause(WorkerCore core) {
        if (quietMillis == 0 || !hasNews(core)) {
            return false;
        }
        quietMillis = 0;
        return true;
    }

    private boolean hasNews(WorkerCore core) {
        return core.hasReports() || core.requestsTaken() != requests;
    }

    /**
     * A heartbeat is sent now.
     *
     * @param calm whether nothing is wrong with the worker and nothing is expected of it
     * @return what it announces, {@link io.quorate.core.message.Heartbeat#quietMillis}
     */
    public long sent(WorkerCore core, boolean calm, Now now) {
        quietMillis = calm && !hasNews(core) ? intervalMillis * (QUIET_INTERVALS - 1) : 0;
        sentNanos = now.monotonicNanos();
        requests = core.requestsTaken();
        return quietMillis;
    }
}
