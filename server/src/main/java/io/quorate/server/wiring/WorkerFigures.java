package io.quorate.server.wiring;

import io.quorate.server.http.WatchFigures;
import io.quorate.server.log.LogStats;

/**
 * How a worker stands, in numbers; made on its event loop a few times a second and read from any thread.
 *
 * @param partitionsHeld replicas here
 * @param partitionsLed those that lead
 * @param tableBytes of memory tables and read caches
 * @param remembered idempotency keys and sessions of the replicas here
 * @param logBytes of the shared log's segments
 * @param freeBytes that the disk still has; -1 when it does not say
 * @param diskLow whether client writes that grow are refused
 * @param mapVersion of the map that it knows
 * @param log counts of the shared log
 * @param watches that are open
 * @param changesWatched that were written to watches
 * @param redisConnections that are open
 */
public record WorkerFigures(
        int partitionsHeld,
        int partitionsLed,
        long tableBytes,
        long remembered,
        long logBytes,
        long freeBytes,
        boolean diskLow,
        long mapVersion,
        LogStats log,
        int watches,
        long changesWatched,
        int redisConnections) {
    /** Before the first look. */
    public static final WorkerFigures NONE =
            new WorkerFigures(0, 0, 0, 0, 0, -1, false, 0, new LogStats(0, 0, 0, 0, 0, 0, 0, 0, false), 0, 0, 0);

    /** The same with what the front ends know. */
    WorkerFigures with(WatchFigures watched, int connectionsOfRedis) {
        return new WorkerFigures(
                partitionsHeld,
                partitionsLed,
                tableBytes,
                remembered,
                logBytes,
                freeBytes,
                diskLow,
                mapVersion,
                log,
                watched.open(),
                watched.changes(),
                connectionsOfRedis);
    }
}
