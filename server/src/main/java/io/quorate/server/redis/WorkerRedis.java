package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.core.port.WorkerService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The front end of a worker for Redis clients, on the worker's own event loop.
 *
 * <p>It calls the service on that loop and expects to be answered on it. {@link #start}, {@link #close} and {@link
 * #connections} may be called from any thread.
 */
public final class WorkerRedis {
    private static final long TICK_MILLIS = 2_000;
    private static final int ACCEPT_BACKLOG = 1_024;

    private final Vertx vertx;
    private final Context context;
    private final RedisSettings settings;
    private final RedisConnection.Shared shared;
    private final Set<RedisConnection> connections = new LinkedHashSet<>();
    private volatile int open;
    private @Nullable NetServer server;
    private long timer = -1;
    private boolean closing;

    /**
     * @param context the worker's event loop
     * @param positions asks other workers for what their cursors of SCAN stand for
     */
    public WorkerRedis(
            Vertx vertx,
            Context context,
            WorkerService service,
            RedisSettings settings,
            CommandMeter meter,
            PositionSource positions) {
        this(vertx, context, service, settings, meter, positions, RedisLimits.STANDARD);
    }

    WorkerRedis(
            Vertx vertx,
            Context context,
            WorkerService service,
            RedisSettings settings,
            CommandMeter meter,
            PositionSource positions,
            RedisLimits limits) {
        this.vertx = vertx;
        this.context = context;
        this.settings = settings;
        this.shared = new RedisConnection.Shared(
                service,
                settings,
                limits,
                context,
                (millis, step) -> vertx.setTimer(millis, _ -> step.run()),
                new SessionRegistry(),
                new ScanPositions(System::nanoTime, positions),
                new ReceivedBytes(limits.receivingBytes()),
                meter);
    }

    /** Binds; answers the port, or fails with a message for the person who started the process. */
    public Future<Integer> start() {
        Promise<Integer> bound = Promise.promise();
        context.runOnContext(_ -> {
            NetServer started = vertx.createNetServer(new NetServerOptions()
                            .setHost(settings.host())
                            .setPort(settings.port())
                            .setAcceptBacklog(ACCEPT_BACKLOG)
                            .setTcpNoDelay(true)
                            .setTcpKeepAlive(true))
                    .connectHandler(this::connected);
            server = started;
            started.listen()
                    .onSuccess(_ -> timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick()))
                    .map(NetServer::actualPort)
                    .recover(cause -> Future.failedFuture(new IOException(cannotListen(cause), cause)))
                    .onComplete(bound);
        });
        return bound.future();
    }

    private String cannotListen(Throwable cause) {
        String where = settings.host() + ":" + settings.port();
        String taken = cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? "the port is taken"
                : String.valueOf(cause.getMessage());
        return "Cannot listen on " + where + " for Redis clients: " + taken
                + ". Choose another port with REDIS_PORT, or REDIS_PORT=off to do without.";
    }

    private void connected(NetSocket socket) {
        if (closing) {
            socket.close();
        } else if (connections.size() >= shared.limits().connections()) {
            RedisConnection.turnAway(socket, "ERR max number of clients reached");
        } else {
            RedisConnection[] made = new RedisConnection[1];
            made[0] = new RedisConnection(shared, socket, () -> removed(made[0]));
            connections.add(made[0]);
            open = connections.size();
        }
    }

    private void removed(RedisConnection connection) {
        connections.remove(connection);
        open = connections.size();
    }

    private void tick() {
        long now = System.nanoTime();
        List.copyOf(connections).forEach(each -> each.tick(now));
    }

    /** What a cursor of a SCAN stands for that came to this worker, for another one; on the event loop. */
    public Optional<Bytes> position(long cursor) {
        return shared.positions().find(cursor).map(ScanPosition::encoded);
    }

    /** How many connections are open. */
    public int connections() {
        return open;
    }

    /** Takes no further commands, answers those under way as long as the grace lasts, and closes. */
    public Future<Void> close(Duration grace) {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(_ -> {
            closing = true;
            vertx.cancelTimer(timer);
            List.copyOf(connections).forEach(RedisConnection::finish);
            if (connections.isEmpty() || grace.isZero()) {
                closeServer(closed);
            } else {
                vertx.setTimer(Math.max(1, grace.toMillis()), _ -> closeServer(closed));
            }
        });
        return closed.future();
    }

    private void closeServer(Promise<Void> closed) {
        List.copyOf(connections).forEach(RedisConnection::cut);
        (server == null ? Future.<Void>succeededFuture() : server.close()).onComplete(closed);
    }
}
