package io.quorate.server.http;

import io.quorate.core.port.ControllerService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The HTTP front end of a controller with the web UI, on the controller's own event loop.
 *
 * <p>It calls the service on that loop and expects to be answered on it. While another controller is active, what only
 * that one can answer is passed on to it under the address that {@link ControllerService.ControllerStatus} names;
 * heartbeats are told where to go.
 */
public final class ControllerHttp {
    private static final String PATHS = "/, /health, /map, /workers, /partitions, /heartbeat, /admin/settings, /livez,"
            + " /readyz, /metrics, /openapi.json; keys are served by the workers under /kv/{key}";
    /** Of a worker's or another controller's answer: the longest value as JSON, or a map of the greatest size. */
    private static final long MAX_UPSTREAM_ANSWER_BYTES = 64L << 20;

    private final ClusterHandlers cluster;
    private final MapHandler map;
    private final HeartbeatHandler heartbeat;
    private final SettingsHandler settingsOfCluster;
    private final ClusterDocument document;
    private final UiApi uiApi;
    private final UiKeys uiKeys;
    private final UiWatch uiWatch;
    private final StaticFiles files = new StaticFiles();
    private final Probes probes;
    private final OpenApi openApi = new OpenApi("controller");
    private final Upstream upstream;
    private final StreamRelay relay;
    private final ActiveForward active;
    private final HttpFront front;

    /**
     * @param context the controller's event loop
     * @param scrape the metrics in the text format of Prometheus
     */
    public ControllerHttp(
            Vertx vertx,
            Context context,
            ControllerService service,
            HttpSettings settings,
            Supplier<String> scrape,
            RequestMeter meter) {
        this.cluster = new ClusterHandlers(service);
        this.map = new MapHandler(service::map);
        this.heartbeat = new HeartbeatHandler(service);
        this.settingsOfCluster = new SettingsHandler(service);
        this.document = new ClusterDocument(service);
        this.upstream = new Upstream(vertx, settings.requestTimeoutMillis(), MAX_UPSTREAM_ANSWER_BYTES);
        this.uiApi = new UiApi(service, upstream, settings);
        this.uiKeys = new UiKeys(service, upstream, settings);
        this.active = new ActiveForward(service, upstream, settings);
        this.relay = new StreamRelay(vertx, context, settings.requestTimeoutMillis());
        this.uiWatch = new UiWatch(service, active, relay, settings);
        this.probes = new Probes(() -> service.status().checks(), scrape);
        this.front = new HttpFront(vertx, context, settings, this::route, meter);
    }

    /** Binds; answers the port, or fails with a message for the person who started the process. */
    public Future<Integer> start() {
        return front.start();
    }

    /** Ends watches, takes no further requests, waits for those under way as long as the grace lasts, and closes. */
    public Future<Void> close(Duration grace) {
        return relay.close().eventually(() -> front.close(grace)).eventually(upstream::close);
    }

    private void route(Exchange exchange) {
        String path = exchange.path();
        switch (path) {
            case "/heartbeat" -> Routes.post(exchange, path, heartbeat::handle);
            case "/health" -> Routes.get(exchange, this::health);
            case "/map" -> Routes.get(exchange, get -> active.activeOnly(get, map::handle));
            case "/workers" -> Routes.get(exchange, get -> active.activeOnly(get, cluster::workers));
            case "/partitions" -> Routes.get(exchange, get -> active.activeOnly(get, cluster::partitions));
            case "/admin/settings" -> active.activeOnly(exchange.at(path), settingsOfCluster::handle);
            case "/livez" -> Routes.get(exchange, probes::live);
            case "/readyz" -> Routes.get(exchange, probes::ready);
            case "/metrics" -> Routes.get(exchange, probes::metrics);
            case "/openapi.json" -> Routes.get(exchange, openApi::handle);
            case "/ui/api/cluster" -> Routes.get(exchange, get -> active.activeOnly(get, document::handle));
            case "/ui/api/kv" -> Routes.get(exchange, get -> active.activeOnly(get, uiApi::list));
            case "/ui/api/watch" -> uiWatch.handle(exchange);
            case "/ui/api/keys" -> Routes.get(exchange, get -> active.activeOnly(get, uiKeys::handle));
            default -> routeByPrefix(exchange, path);
        }
    }

    private void routeByPrefix(Exchange exchange, String path) {
        if (path.startsWith(UiApi.KV_PREFIX)) {
            active.activeOnly(exchange, uiApi::kv);
            return;
        }
        String file = path.equals("/") ? "/ui/index.html" : path;
        if (files.has(file)) {
            page(exchange.at("/ui"), file);
        } else {
            Routes.notFound(exchange, PATHS);
        }
    }

    private void page(Exchange exchange, String file) {
        switch (exchange.method()) {
            case "GET", "HEAD" -> files.answer(exchange, file);
            default -> Routes.methodNotAllowed(exchange, "GET, HEAD");
        }
    }

    /** A controller that is not active and cannot reach the one that is still says how it stands itself. */
    private void health(Exchange exchange) {
        active.activeOr(exchange, cluster::health, failure -> cluster.health(exchange));
    }
}
