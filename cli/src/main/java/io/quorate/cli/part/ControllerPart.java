package io.quorate.cli.part;

import io.quorate.server.telemetry.Telemetry;
import io.quorate.server.wiring.ControllerNode;
import io.quorate.server.wiring.ControllerOptions;
import io.quorate.server.wiring.StartRefusedException;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** A controller in this process. */
public final class ControllerPart implements Part {
    private final Vertx vertx;
    private final ControllerOptions options;
    private final PartListener listener;
    private final Telemetry telemetry = new Telemetry();
    private volatile @Nullable ControllerNode node;

    public ControllerPart(Vertx vertx, ControllerOptions options, PartListener listener) {
        this.vertx = vertx;
        this.options = options;
        this.listener = listener;
    }

    @Override
    public String id() {
        return options.id();
    }

    @Override
    public synchronized void start() throws StartRefusedException {
        node = ControllerNode.start(vertx, options, telemetry::scrape, telemetry::answered, this::ended);
    }

    /** Off the event loop that says so, because ending waits for that loop. */
    private void ended(String line) {
        Thread.ofVirtual().name("end-of-" + id()).start(() -> abort(line));
    }

    private synchronized void abort(String line) {
        ControllerNode running = node;
        if (running != null) {
            node = null;
            running.abort();
            listener.ended(this, line);
        }
    }

    @Override
    public synchronized void stop() {
        ControllerNode running = node;
        node = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return node != null;
    }

    /** The address that clients are told; empty while it does not run. */
    public String httpAddress() {
        ControllerNode running = node;
        return running == null ? "" : running.httpAddress();
    }
}
