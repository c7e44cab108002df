package io.quorate.server.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Front ends over fakes, each on an event loop of its own, on loopback. */
final class HttpFixture implements AutoCloseable {
    private static final int BOUND_SECONDS = 20;

    final Vertx vertx = Vertx.vertx();
    final List<String> metered = java.util.Collections.synchronizedList(new ArrayList<>());
    private final RequestMeter meter =
            (route, method, status, nanos) -> metered.add(method + " " + route + " " + status);
    private final List<WorkerHttp> workers = new ArrayList<>();
    private final Map<Integer, Context> workerLoops = new HashMap<>();
    private Context workerLoop = vertx.getOrCreateContext();
    private final List<ControllerHttp> controllers = new ArrayList<>();

    static HttpSettings settings() {
        return HttpSettings.of("127.0.0.1", 0)
                .withAllowedHosts(java.util.Set.of("worker1"))
                .withMaxValueBytes(4_096);
    }

    int worker(FakeWorker fake) {
        return worker(fake, settings());
    }

    int worker(FakeWorker fake, HttpSettings settings) {
        Context context = ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext();
        workerLoop = context;
        WorkerHttp http = new WorkerHttp(
                vertx,
                context,
                fake,
                settings,
                () -> "quorate_up 1\n",
                meter,
                cursor -> cursor == 7
                        ? java.util.Optional.of(io.quorate.api.Bytes.utf8("0000key"))
                        : java.util.Optional.empty());
        workers.add(http);
        int port = await(http.start());
        workerLoops.put(port, context);
        return port;
    }

    int controller(FakeController fake) {
        return controller(fake, settings());
    }

    int controller(FakeController fake, HttpSettings settings) {
        Context context = ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext();
        ControllerHttp http = new ControllerHttp(vertx, context, fake, settings, () -> "quorate_up 1\n", meter);
        controllers.add(http);
        return await(http.start());
    }

    /** Runs the step on the event loop of the last worker. */
    void onWorkerLoop(Runnable step) {
        workerLoop.runOnContext(_ -> step.run());
    }

    /** Runs the step on the event loop of the worker at the port. */
    void onWorkerLoop(int port, Runnable step) {
        Objects.requireNonNull(workerLoops.get(port)).runOnContext(_ -> step.run());
    }

    /** Watches that are open at all workers. */
    int openWatches() {
        return workers.stream().mapToInt(http -> http.watches().open()).sum();
    }

    /** Closes the controllers, with so much grace for requests that are under way. */
    void closeControllers(Duration grace) {
        controllers.forEach(http -> await(http.close(grace)));
        controllers.clear();
    }

    void closeWorkers() {
        workers.forEach(http -> await(http.close(Duration.ofSeconds(1))));
        workers.clear();
    }

    /** What a future brings, or its failure; bounded. */
    static <T> T await(Future<T> future) {
        try {
            CompletableFuture<T> stage = future.toCompletionStage().toCompletableFuture();
            return stage.get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    static Answer send(int port, String request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection.send(request).answer(request.startsWith("HEAD "));
        }
    }

    /** A request without a body; header lines may follow the target. */
    static Answer send(int port, String method, String target, String... headers) throws IOException {
        return send(port, head(method, target, headers) + "\r\n");
    }

    /** A request with a body of characters up to U+00FF, each a byte. */
    static Answer sendBody(int port, String method, String target, String body, String... headers) throws IOException {
        return send(port, head(method, target, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    static Answer putJson(int port, String target, String body) throws IOException {
        return sendBody(port, "PUT", target, body, "Content-Type: application/json");
    }

    static String head(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: localhost\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    @Override
    public void close() {
        closeWorkers();
        closeControllers(Duration.ofSeconds(1));
        await(vertx.close());
    }
}
