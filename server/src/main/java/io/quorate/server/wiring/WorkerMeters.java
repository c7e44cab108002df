package io.quorate.server.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Registers a worker's figures as meters, all named {@code quorate_…} with base units. */
public final class WorkerMeters {
    private final MeterRegistry registry;
    private final Supplier<WorkerFigures> figures;

    private WorkerMeters(MeterRegistry registry, Supplier<WorkerFigures> figures) {
        this.registry = registry;
        this.figures = figures;
    }

    /** Registers the meters; they ask for the figures at each scrape. */
    public static void bind(MeterRegistry registry, Supplier<WorkerFigures> figures) {
        WorkerMeters meters = new WorkerMeters(registry, figures);
        meters.gauge("quorate.partitions.held", "Replicas on this worker.", WorkerFigures::partitionsHeld);
        meters.gauge("quorate.partitions.led", "Partitions that this worker leads.", WorkerFigures::partitionsLed);
        meters.gauge("quorate.table.bytes", "Memory tables and read caches.", WorkerFigures::tableBytes);
        meters.gauge(
                "quorate.remembered",
                "Idempotency keys and client sessions that the replicas on this worker remember.",
                WorkerFigures::remembered);
        meters.gauge("quorate.log.bytes", "Segments of the shared log.", WorkerFigures::logBytes);
        meters.gauge(
                "quorate.log.pending.bytes",
                "Records that wait for the disk.",
                now -> now.log().pendingBytes());
        meters.gauge("quorate.disk.free.bytes", "What the disk still has.", WorkerFigures::freeBytes);
        meters.gauge("quorate.disk.low", "1 while writes that grow are refused.", now -> now.diskLow() ? 1 : 0);
        meters.gauge("quorate.map.version", "The version of the map that is known.", WorkerFigures::mapVersion);
        meters.gauge("quorate.watches", "Watches that are open on this worker.", WorkerFigures::watches);
        meters.gauge(
                "quorate.redis.connections",
                "Connections of Redis clients to this worker.",
                WorkerFigures::redisConnections);
        meters.counter("quorate.watch.changes", "Changes that were written to watches.", WorkerFigures::changesWatched);
        meters.counter(
                "quorate.log.records", "Records made durable.", now -> now.log().recordsWritten());
        meters.counter(
                "quorate.log.syncs", "Blocks made durable.", now -> now.log().syncs());
        meters.counter(
                "quorate.log.sync.seconds",
                "Time spent in making them durable.",
                now -> now.log().syncNanosTotal() / 1e9);
    }

    private void gauge(String name, String description, ToDoubleFunction<WorkerFigures> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(figures.get()))
                .description(description)
                .register(registry);
    }

    private void counter(String name, String description, ToDoubleFunction<WorkerFigures> figure) {
        FunctionCounter.builder(name, figures, supplier -> figure.applyAsDouble(supplier.get()))
                .description(description)
                .register(registry);
    }
}
