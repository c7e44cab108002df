package io.quorate.cli.part;

import io.quorate.server.telemetry.Telemetry;
import io.quorate.server.wiring.StartRefusedException;
import io.quorate.server.wiring.WorkerEnd;
import io.quorate.server.wiring.WorkerFigures;
import io.quorate.server.wiring.WorkerMetering;
import io.quorate.server.wiring.WorkerMeters;
import io.quorate.server.wiring.WorkerNode;
import io.quorate.server.wiring.WorkerOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in this process; one whose disk turns out to be an old copy goes on with an empty one. */
public final class WorkerPart implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPart.class);

    private final Vertx vertx;
    private final WorkerOptions options;
    private final PartListener listener;
    private final Telemetry telemetry = new Telemetry();
    private volatile @Nullable WorkerNode node;

    public WorkerPart(Vertx vertx, WorkerOptions options, PartListener listener) {
        this.vertx = vertx;
        this.options = options;
        this.listener = listener;
        WorkerMeters.bind(telemetry.registry(), this::figures);
    }

    private WorkerMetering metering() {
        return new WorkerMetering(telemetry::scrape, telemetry::answered, telemetry::commandAnswered);
    }

    private WorkerFigures figures() {
        WorkerNode running = node;
        return running == null ? WorkerFigures.NONE : running.figures();
    }

    @Override
    public String id() {
        WorkerNode running = node;
        return running == null ? options.id().orElse("worker") : running.id();
    }

    @Override
    public synchronized void start() throws StartRefusedException {
        AtomicBoolean once = new AtomicBoolean();
        node = WorkerNode.start(vertx, options, metering(), end -> {
            if (once.compareAndSet(false, true)) {
                // Off the event loop that says so, because ending waits for that loop.
                Thread.ofVirtual().name("end-of-worker").start(() -> ended(end));
            }
        });
    }

    private synchronized void ended(WorkerEnd end) {
        WorkerNode running = node;
        if (running == null) {
            return;
        }
        switch (end) {
            case WorkerEnd.Refused refused -> {
                running.abort();
                gone(refused.line());
            }
            case WorkerEnd.Broken broken -> {
                running.abort();
                gone(broken.line());
            }
            case WorkerEnd.OldCopy oldCopy -> beginAnew(running, oldCopy);
        }
    }

    private void gone(String line) {
        node = null;
        listener.ended(this, line);
    }

    private void beginAnew(WorkerNode running, WorkerEnd.OldCopy oldCopy) {
        LOG.warn("{} The worker sets it aside and begins anew with an empty disk", oldCopy.line());
        try {
            running.giveDiskUp();
            start();
        } catch (IOException e) {
            gone("The old copy in " + options.dataDir() + " could not be set aside (" + e.getMessage()
                    + "): move the folder away and start the worker again.");
        } catch (StartRefusedException e) {
            gone(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized void stop() {
        WorkerNode running = node;
        if (running != null) {
            running.stop();
            node = null;
        }
    }

    @Override
    public boolean isRunning() {
        return node != null;
    }

    /** The address that clients are told; empty while it does not run. */
    public String httpAddress() {
        WorkerNode running = node;
        return running == null ? "" : running.httpAddress();
    }

    /** Host and port for Redis clients; empty while there is no such port. */
    public Optional<String> redisAddress() {
        WorkerNode running = node;
        return running == null ? Optional.empty() : running.redisAddress();
    }
}
