package io.quorate.server.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quorate.api.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.BindException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP server on one event loop: connections, their bounds, and what is refused before any endpoint sees it. */
final class HttpFront {
    private static final long WATCH_MILLIS = 2_000;
    private static final int ACCEPT_BACKLOG = 1_024;

    private final Vertx vertx;
    private final Context context;
    private final HttpSettings settings;
    private final Consumer<Exchange> routes;
    private final RequestMeter meter;
    private final OriginRules origins;
    private final BodyBudget budget;
    private final IdentityHashMap<HttpConnection, ClientConnection> connections = new IdentityHashMap<>();

    private @Nullable HttpServer server;
    private long watchTimer = -1;

    HttpFront(Vertx vertx, Context context, HttpSettings settings, Consumer<Exchange> routes, RequestMeter meter) {
        this.vertx = vertx;
        this.context = context;
        this.settings = settings;
        this.routes = routes;
        this.meter = meter;
        this.origins = new OriginRules(settings.allowedHosts());
        this.budget = new BodyBudget(settings.limits().maxBufferedBytes());
    }

    /** Binds; answers the port, or fails with a message for the person who started the process. */
    Future<Integer> start() {
        Promise<Integer> bound = Promise.promise();
        context.runOnContext(nothing -> {
            HttpServer started = vertx.createHttpServer(options())
                    .connectionHandler(this::connected)
                    .invalidRequestHandler(HttpFront::malformed)
                    .requestHandler(this::requested);
            server = started;
            started.listen()
                    .onSuccess(listening -> watchTimer = vertx.setPeriodic(WATCH_MILLIS, timer -> watch()))
                    .map(HttpServer::actualPort)
                    .recover(cause -> Future.failedFuture(new java.io.IOException(cannotListen(cause), cause)))
                    .onComplete(bound);
        });
        return bound.future();
    }

    /** Takes no further requests, waits for those under way as long as the grace lasts, and closes. */
    Future<Void> close(Duration grace) {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(nothing -> {
            vertx.cancelTimer(watchTimer);
            (server == null ? Future.<Void>succeededFuture() : server.shutdown(grace)).onComplete(closed);
        });
        return closed.future();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(HttpSettings.Limit.MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(HttpSettings.Limit.MAX_HEADER_BYTES);
    }

    private String cannotListen(Throwable cause) {
        String where = settings.host() + ":" + settings.port();
        if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
            return "Cannot listen on " + where + ": the port is taken. Stop the process that has it, or choose another"
                    + " port.";
        }
        return "Cannot listen on " + where + " (" + cause.getMessage()
                + "): choose a host and a port of this machine that this process may use.";
    }

    private void connected(HttpConnection connection) {
        if (connections.size() >= settings.limits().maxConnections()) {
            connection.close();
            return;
        }
        connections.put(connection, new ClientConnection(() -> cut(connection), settings.limits()));
        connection.closeHandler(closed -> connections.remove(connection));
        if (connection instanceof HttpServerConnection netty) {
            ProtocolVersionGuard.install(netty.channelHandlerContext().pipeline());
        }
    }

    /** An orderly close would wait for a client that does not read. */
    private static void cut(HttpConnection connection) {
        if (connection instanceof HttpServerConnection netty) {
            var _ = netty.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }

    private void watch() {
        long now = System.nanoTime();
        connections.values().forEach(connection -> connection.cutIfOverdue(now));
    }

    private void requested(HttpServerRequest request) {
        ClientConnection connection = connections.get(request.connection());
        if (connection == null) {
            request.connection().close();
        } else if (connection.isCongested()) {
            request.pause();
            connection.whenAccepted(() -> {
                serve(request, connection);
                request.resume();
            });
        } else {
            serve(request, connection);
        }
    }

    private void serve(HttpServerRequest request, ClientConnection connection) {
        connection.awaitServer();
        Target target = Target.of(request.uri());
        Exchange exchange = new Exchange(request, target, connection, budget, meter);
        Optional<Refusal> refusal = origins.check(request, target);
        if (refusal.isPresent()) {
            exchange.refuse(refusal.get());
        } else {
            exchange.guarded(routes).accept(exchange);
        }
    }

    private static void malformed(HttpServerRequest request) {
        DecoderResult result = request.decoderResult();
        Refusal refusal = switch (result.cause()) {
            case TooLongHttpLineException tooLong ->
                Refusal.of(Problem.KEY_TOO_LARGE, "The request line is longer than any key can make it.");
            case TooLongHttpHeaderException tooLong ->
                new Refusal(
                        Problem.BAD_REQUEST,
                        431,
                        "The headers are longer than " + HttpSettings.Limit.MAX_HEADER_BYTES + " bytes.");
            case null, default -> Refusal.badRequest("This is not a well-formed HTTP/1.1 request.");
        };
        byte[] body = Problems.body(refusal, Problems.NOT_APPLIED, json -> {}).toArray();
        HttpServerResponse response = request.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }
}
