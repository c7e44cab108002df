package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.Incarnation;
import io.quorate.core.port.WorkerService;
import io.quorate.core.port.WorkerService.PullReport;
import io.quorate.core.port.WorkerService.WorkerStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The HTTP front end of a worker, on the worker's own event loop.
 *
 * <p>It calls the service on that loop and expects to be answered on it.
 */
public final class WorkerHttp {
    private static final String PATHS =
            "/kv, /kv/{key}, /batch, /sessions, /watch, /keys, /replicate/{key}, /scan-position, /pull, /map, /health, /livez, /readyz, /metrics,"
                    + " /openapi.json";

    private final WorkerService service;
    private final KvHandler kv;
    private final KvCollection collection;
    private final BatchHandler batch;
    private final SessionHandler session;
    private final WatchFigures watchFigures = new WatchFigures();
    private final WatchHandler watch;
    private final KeysHandler keys;
    private final ReplicateHandler replicate;
    private final ScanPositionHandler scanPosition;
    private final MapHandler map;
    private final Probes probes;
    private final OpenApi openApi = new OpenApi("worker");
    private final HttpFront front;

    /**
     * @param context the worker's event loop
     * @param scrape the metrics in the text format of Prometheus
     * @param scanPositions what the cursors of SCAN stand for that Redis clients got here
     */
    public WorkerHttp(
            Vertx vertx,
            Context context,
            WorkerService service,
            HttpSettings settings,
            Supplier<String> scrape,
            RequestMeter meter,
            LongFunction<Optional<Bytes>> scanPositions) {
        this.service = service;
        this.kv = new KvHandler(service, settings);
        this.collection = new KvCollection(service, settings);
        this.batch = new BatchHandler(service, settings);
        this.session = new SessionHandler(service, settings);
        this.watch = new WatchHandler(service, settings, new WatchRuns(vertx, context, watchFigures));
        this.keys = new KeysHandler(service);
        this.replicate = new ReplicateHandler(service, settings);
        this.scanPosition = new ScanPositionHandler(scanPositions);
        this.map = new MapHandler(service::map);
        this.probes = new Probes(() -> service.status().checks(), scrape);
        this.front = new HttpFront(vertx, context, settings, this::route, meter);
    }

    /** Binds; answers the port, or fails with a message for the person who started the process. */
    public Future<Integer> start() {
        return front.start();
    }

    /** Takes no further requests, waits for those under way as long as the grace lasts, and closes. */
    public Future<Void> close(Duration grace) {
        return front.close(grace);
    }

    /** How many watches there are; from any thread. */
    public WatchFigures watches() {
        return watchFigures;
    }

    private void route(Exchange exchange) {
        String path = exchange.path();
        if (path.startsWith(KvHandler.PREFIX)) {
            kv.handle(exchange);
            return;
        }
        if (path.startsWith(ReplicateHandler.PREFIX)) {
            Routes.post(exchange, "/replicate", replicate::handle);
            return;
        }
        switch (path) {
            case "/kv" -> collection.handle(exchange);
            case "/batch" -> Routes.post(exchange, path, batch::handle);
            case "/sessions" -> Routes.post(exchange, path, session::handle);
            case "/watch" -> watch.handle(exchange);
            case "/keys" -> Routes.get(exchange, keys::handle);
            case "/scan-position" -> Routes.get(exchange, scanPosition::handle);
            case "/pull" -> Routes.post(exchange, path, this::pull);
            case "/map" -> Routes.get(exchange, map::handle);
            case "/health" -> Routes.get(exchange, this::health);
            case "/livez" -> Routes.get(exchange, probes::live);
            case "/readyz" -> Routes.get(exchange, probes::ready);
            case "/metrics" -> Routes.get(exchange, probes::metrics);
            case "/openapi.json" -> Routes.get(exchange, openApi::handle);
            default -> Routes.notFound(exchange, PATHS);
        }
    }

    private void health(Exchange exchange) {
        WorkerStatus status = service.status();
        exchange.json(200, JsonText.object(json -> {
            json.writeStringProperty("status", "worker up");
            json.writeStringProperty("id", status.worker());
            JsonText.orNull(json, "cluster", status.cluster());
            json.writeNumberProperty("incarnation", Incarnation.starts(status.incarnation()));
            json.writeNumberProperty("partitionsHeld", status.partitionsHeld());
            json.writeNumberProperty("partitionsLed", status.partitionsLed());
            json.writeBooleanProperty("draining", status.draining());
            json.writeBooleanProperty("ready", status.ready());
            json.writeNumberProperty("mapVersion", service.map().version());
        }));
    }

    private void pull(Exchange exchange) {
        service.pull(exchange.guarded(report -> exchange.json(200, JsonText.object(json -> write(json, report)))));
    }

    private static void write(tools.jackson.core.JsonGenerator json, PullReport report) {
        json.writeNumberProperty("partitions", report.partitions());
        json.writeNumberProperty("behind", report.behind());
        json.writeNumberProperty("repaired", report.repaired());
        json.writeNumberProperty("snapshots", report.snapshots());
        json.writeNumberProperty("bytes", report.bytes());
        json.writeNumberProperty("millis", report.millis());
    }
}
