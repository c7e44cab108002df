package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.port.WorkerService;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cluster as the commands of one connection see it: every request gets the time that one may take. */
final class Cluster {
    /** What has to happen later. */
    interface Timer {
        /** Runs the step on the event loop after so many milliseconds, at least 1. */
        void after(long millis, Runnable step);
    }

    private final WorkerService service;
    private final RedisSettings settings;
    private final Timer timer;
    private final Consumer<RuntimeException> whenBroken;
    private @Nullable Partitioning partitioning;

    /** @param whenBroken told when something here fails that should not */
    Cluster(WorkerService service, RedisSettings settings, Timer timer, Consumer<RuntimeException> whenBroken) {
        this.service = service;
        this.settings = settings;
        this.timer = timer;
        this.whenBroken = whenBroken;
    }

    RedisSettings settings() {
        return settings;
    }

    ClusterMap map() {
        return service.map();
    }

    WorkerService.WorkerStatus status() {
        return service.status();
    }

    /** How keys are shared out; empty before the map is known. */
    Optional<Partitioning> partitioning() {
        if (partitioning == null && service.map().partitions() > 0) {
            partitioning = new Partitioning(service.map().partitions());
        }
        return Optional.ofNullable(partitioning);
    }

    /** By the clock of this worker, since 1970. */
    long nowMillis() {
        return System.currentTimeMillis();
    }

    void after(long millis, Runnable step) {
        timer.after(
                Math.max(1, millis), () -> this.<Runnable>guarded(Runnable::run).accept(step));
    }

    private <T> Consumer<T> guarded(Consumer<T> consumer) {
        return value -> {
            try {
                consumer.accept(value);
            } catch (RuntimeException failure) {
                whenBroken.accept(failure);
            }
        };
    }

    void read(Bytes key, Consumer<ReadOutcome> whenDone) {
        service.read(ReadRequest.linearizable(key), settings.requestTimeoutMillis(), guarded(whenDone));
    }

    void write(WriteRequest request, Consumer<Outcome> whenDone) {
        write(request, settings.requestTimeoutMillis(), whenDone);
    }

    void write(WriteRequest request, long timeoutMillis, Consumer<Outcome> whenDone) {
        service.write(request, timeoutMillis, guarded(whenDone));
    }

    void scan(ScanRequest request, Consumer<ScanOutcome> whenDone) {
        service.scan(request, settings.requestTimeoutMillis(), guarded(whenDone));
    }
}
