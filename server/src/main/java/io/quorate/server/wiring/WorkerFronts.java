package io.quorate.server.wiring;

import io.quorate.core.port.WorkerService;
import io.quorate.server.http.HttpSettings;
import io.quorate.server.http.ScanPositionClient;
import io.quorate.server.http.WorkerHttp;
import io.quorate.server.redis.PositionSource;
import io.quorate.server.redis.RedisSettings;
import io.quorate.server.redis.WorkerRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** What clients of a worker talk to: its HTTP front end and, if it is wanted, the one for Redis clients. */
final class WorkerFronts {
    private final WorkerHttp http;
    private final Optional<WorkerRedis> redis;
    private final ScanPositionClient positions;

    WorkerFronts(Vertx vertx, Context context, WorkerService service, WorkerOptions options, WorkerMetering metering) {
        HttpSettings settings = HttpSettings.of(options.host(), options.httpPort())
                .withAllowedHosts(options.allowedHosts())
                .withRequestTimeoutMillis(options.requestTimeoutMillis())
                .withMaxValueBytes(options.maxValueBytes());
        this.positions = new ScanPositionClient(vertx, options.requestTimeoutMillis());
        this.redis = redis(vertx, context, service, options, metering, positions);
        this.http = new WorkerHttp(
                vertx,
                context,
                service,
                settings,
                metering.scrape(),
                metering.http(),
                cursor -> redis.flatMap(front -> front.position(cursor)));
    }

    private static Optional<WorkerRedis> redis(
            Vertx vertx,
            Context context,
            WorkerService service,
            WorkerOptions options,
            WorkerMetering metering,
            ScanPositionClient positions) {
        if (options.redisPort().isEmpty()) {
            return Optional.empty();
        }
        RedisSettings settings = new RedisSettings(
                options.host(),
                options.redisPort().getAsInt(),
                options.requestTimeoutMillis(),
                options.maxValueBytes(),
                options.strictMultikey());
        PositionSource source = (address, cursor, whenAnswered) -> positions.ask(
                address,
                cursor,
                answer -> whenAnswered.accept(
                        switch (answer) {
                            case ScanPositionClient.Answer.Known(var position) ->
                                new PositionSource.Answer.Known(position);
                            case ScanPositionClient.Answer.NotReached _ -> new PositionSource.Answer.NotReached();
                        }));
        return Optional.of(new WorkerRedis(vertx, context, service, settings, metering.redis(), source));
    }

    /** Binds; answers the HTTP port, or fails with a message for the person who started the process. */
    Future<Bound> start() {
        return http.start()
                .compose(httpPort -> redis.map(WorkerRedis::start)
                        .map(started -> started.map(Optional::of))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                        .map(redisPort -> new Bound(httpPort, redisPort)));
    }

    /** The ports that are bound. */
    record Bound(int http, Optional<Integer> redis) {}

    /** Takes nothing further, waits for what is under way as long as the grace lasts, and closes. */
    Future<Void> close(Duration grace) {
        Future<Void> redisClosed = redis.map(front -> front.close(grace)).orElseGet(Future::succeededFuture);
        return Future.join(http.close(grace), redisClosed).<Void>mapEmpty().eventually(positions::close);
    }

    /** The same with what the front ends know; from any thread. */
    WorkerFigures with(WorkerFigures figures) {
        return figures.with(http.watches(), redis.map(WorkerRedis::connections).orElse(0));
    }
}
