package io.quorate.server.wiring;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.message.PartitionReport;
import io.quorate.server.log.SegmentInfo;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a worker looks at once in a while: memory, log and disk sizes, and whether the map changed. */
final class Housekeeper {
    private static final long CHECK_MILLIS = 1_000;
    private static final long POLL_MILLIS = 20;
    private static final long MEMORY_SHARE_BEFORE_FLUSH = 4;

    private final Vertx vertx;
    private final WorkerLoop loop;
    private final WorkerDisk disk;
    private final WorkerOptions options;
    private final WorkerCondition condition;
    private long timer = -1;
    private long flushedBytes;
    private long freeBytes;
    private volatile WorkerFigures figures = WorkerFigures.NONE;

    Housekeeper(Vertx vertx, WorkerLoop loop, WorkerDisk disk, WorkerOptions options, WorkerCondition condition) {
        this.vertx = vertx;
        this.loop = loop;
        this.disk = disk;
        this.options = options;
        this.condition = condition;
    }

    void begin(Consumer<ClusterMap> mapChanged) {
        timer = vertx.setPeriodic(1, CHECK_MILLIS, _ -> {
            checkDisk();
            checkSizes();
            figures = look();
        });
        loop.whenMapChanges(mapChanged);
    }

    private void checkDisk() {
        freeBytes = disk.log().freeBytes();
        boolean low = freeBytes >= 0 && freeBytes < options.diskReserveBytes();
        condition.noteDisk(low);
        boolean full = !disk.log().hasRoom() || logBytes() > options.logMaxBytes();
        loop.input(core -> core.disk(low, full));
    }

    private long logBytes() {
        return disk.log().segments().stream().mapToLong(SegmentInfo::sizeBytes).sum();
    }

    private void checkSizes() {
        long tableBytes = loop.core().tableBytes();
        boolean memoryGrew = tableBytes - flushedBytes > options.memoryBytes() / MEMORY_SHARE_BEFORE_FLUSH;
        if (memoryGrew || logBytes() > options.logMaxBytes() / 2) {
            flushedBytes = tableBytes;
            loop.input(core -> core.checkpoint(loop.now()));
        }
        if (tableBytes > options.memoryBytes()) {
            loop.input(core -> core.evict(tableBytes - options.memoryBytes()));
            flushedBytes = Math.min(flushedBytes, loop.core().tableBytes());
        }
    }

    /** The figures of the last look; from any thread. */
    WorkerFigures figures() {
        return figures;
    }

    private WorkerFigures look() {
        List<PartitionReport.Role> roles = loop.core().roles();
        return new WorkerFigures(
                roles.size(),
                (int) roles.stream()
                        .filter(role -> role == PartitionReport.Role.LEADER)
                        .count(),
                loop.core().tableBytes(),
                loop.core().remembered(),
                logBytes(),
                freeBytes,
                condition.diskLow(),
                loop.core().map().version(),
                disk.log().stats(),
                0,
                0,
                0);
    }

    /** Waits, off the event loop, until this worker leads nothing; a worker that is alone gives up at once. */
    void awaitNoLeadership(long limitNanos) {
        await(
                () -> loop.core().map().workers().size() < 2
                        || loop.core().roles().stream().noneMatch(role -> role == PartitionReport.Role.LEADER),
                limitNanos);
    }

    /** Flushes everything into the store and waits, off the event loop, until that is durable. */
    void awaitFlushed(long limitNanos) {
        loop.act(core -> core.checkpoint(loop.now()));
        await(() -> !loop.core().checkpointRuns(), limitNanos);
    }

    private void await(BooleanSupplier condition, long limitNanos) {
        CountDownLatch reached = new CountDownLatch(1);
        loop.act(_ -> poll(condition, reached, limitNanos / POLL_MILLIS / 1_000_000));
        try {
            boolean inTime = reached.await(limitNanos, TimeUnit.NANOSECONDS);
            if (!inTime) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll(BooleanSupplier condition, CountDownLatch reached, long left) {
        if (condition.getAsBoolean() || left <= 0) {
            reached.countDown();
        } else {
            vertx.setTimer(POLL_MILLIS, _ -> poll(condition, reached, left - 1));
        }
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
