package io.quorate.server.wiring;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.Message;
import io.quorate.core.replica.Rules;
import io.quorate.core.replica.WorkerCore;
import io.quorate.core.replica.WorkerSettings;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.MessageCodecV1;
import io.quorate.server.http.HeartbeatClient;
import io.quorate.server.log.LogListener;
import io.quorate.server.peer.HostPort;
import io.quorate.server.peer.LinkState;
import io.quorate.server.peer.PeerEvents;
import io.quorate.server.peer.PeerIdentity;
import io.quorate.server.peer.PeerLinks;
import io.quorate.server.peer.PeerRole;
import io.quorate.server.peer.PeerSettings;
import io.quorate.server.peer.TcpPeerNetwork;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker: its disk, its core on one event loop, its links, its heartbeats and its front ends. */
public final class WorkerNode {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerNode.class);
    private static final long HEARTBEAT_TIMEOUT_MILLIS = 1_500;
    private static final long START_SECONDS = 30;
    private static final long DRAIN_NANOS = 3_000 * Now.NANOS_PER_MILLI;
    private static final long FLUSH_NANOS = 5_000 * Now.NANOS_PER_MILLI;
    private static final Duration FRONT_GRACE = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Context context;
    private final WorkerOptions options;
    private final Consumer<WorkerEnd> whenEnded;
    private final WorkerCondition condition = new WorkerCondition();
    private final WorkerDisk disk;
    private final WorkerLoop loop;
    private final StoreDesk store;
    private final Housekeeper housekeeper;
    private @Nullable PeerLinks links;
    private @Nullable Heartbeats heartbeats;
    private volatile @Nullable WorkerFronts fronts;
    private String httpAddress = "";
    private Optional<String> redisAddress = Optional.empty();

    private WorkerNode(Vertx vertx, WorkerOptions options, Consumer<WorkerEnd> whenEnded) throws StartRefusedException {
        this.vertx = vertx;
        this.options = options;
        this.whenEnded = whenEnded;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        LogRelay relay = new LogRelay();
        this.disk = WorkerDisk.open(options, relay);
        WorkerCore core = new WorkerCore(
                disk.member(),
                disk.identity().incarnation(),
                WorkerSettings.STANDARD,
                Rules.STANDARD,
                disk.lastSequence(),
                disk.recovery(),
                Clock.SYSTEM.now());
        this.loop = new WorkerLoop(vertx, context, core, disk, Clock.SYSTEM, this::broken);
        this.store = new StoreDesk(disk.identity().worker(), disk.store(), loop, Clock.SYSTEM);
        this.housekeeper = new Housekeeper(vertx, loop, disk, options, condition);
        relay.loop = loop;
    }

    /** Passes what the log's writer says on to the loop, which is made after the log. */
    private static final class LogRelay implements LogListener {
        private volatile @Nullable WorkerLoop loop;

        @Override
        public void durable(long sequence) {
            WorkerLoop running = loop;
            if (running != null) {
                running.durable(sequence);
            }
        }

        @Override
        public void failed(Throwable cause) {
            WorkerLoop running = loop;
            if (running != null) {
                running.failed(cause);
            }
        }
    }

    /**
     * Opens the disk, binds the ports and begins to send heartbeats. Blocks until the worker answers on its ports; call
     * it off the event loop.
     *
     * @param whenEnded told when the worker cannot go on
     * @throws StartRefusedException when a setting, the folder or a port does not allow it
     */
    public static WorkerNode start(
            Vertx vertx, WorkerOptions options, WorkerMetering metering, Consumer<WorkerEnd> whenEnded)
            throws StartRefusedException {
        WorkerNode node = new WorkerNode(vertx, options, whenEnded);
        try {
            node.bind(metering).toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
            return node;
        } catch (ExecutionException e) {
            node.closeDisk();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartRefusedException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            node.closeDisk();
            throw new StartRefusedException("The worker did not start within " + START_SECONDS + " s.", e);
        } catch (InterruptedException e) {
            node.closeDisk();
            Thread.currentThread().interrupt();
            throw new StartRefusedException("The start was interrupted.", e);
        }
    }

    private void closeDisk() {
        try {
            loop.close();
            store.close();
            disk.close();
        } catch (IOException | InterruptedException e) {
            LOG.warn("The disk was not closed in order; its log makes up for that at the next start", e);
        }
    }

    private Future<Void> bind(WorkerMetering metering) {
        io.vertx.core.Promise<Void> bound = io.vertx.core.Promise.promise();
        context.runOnContext(_ -> new TcpPeerNetwork(vertx, PeerSettings.standard(), RandomGenerator.getDefault())
                .open(Optional.of(new HostPort(options.host(), options.peerPort())), this::peerIdentity, new Events())
                .compose(opened -> {
                    links = opened;
                    return startFronts(metering);
                })
                .map(ports -> {
                    begin(ports);
                    return (Void) null;
                })
                .onComplete(bound));
        return bound.future();
    }

    private Future<WorkerFronts.Bound> startFronts(WorkerMetering metering) {
        WorkerFrontDoor door = new WorkerFrontDoor(loop, store, disk::identity, condition);
        WorkerFronts made = new WorkerFronts(vertx, context, door, options, metering);
        fronts = made;
        return made.start();
    }

    private void begin(WorkerFronts.Bound ports) {
        PeerLinks opened = java.util.Objects.requireNonNull(links);
        int peerPort = opened.listeningAt().map(HostPort::port).orElse(options.peerPort());
        String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
        httpAddress = options.advertisedHttp().orElse("http://" + host + ":" + ports.http());
        WorkerAddress address =
                new WorkerAddress(httpAddress, options.advertisedPeer().orElse(host + ":" + peerPort));
        Heartbeats beats = new Heartbeats(
                vertx,
                new HeartbeatClient(vertx, options.controllers(), HEARTBEAT_TIMEOUT_MILLIS),
                loop,
                options,
                address,
                disk::identity,
                condition,
                new Membership());
        heartbeats = beats;
        loop.afterTurns(beats::noticeNews);
        Outbox outbox = new Outbox(opened, ticket -> loop.act(core -> core.forwardDropped(ticket, loop.now())));
        loop.begin(outbox, store, beats::now);
        housekeeper.begin(this::mapChanged);
        beats.begin();
        redisAddress = ports.redis().map(port -> host + ":" + port);
        LOG.info("Worker {} answers at {}, Redis clients at {}", id(), httpAddress, redisAddress.orElse("no port"));
    }

    private PeerIdentity peerIdentity() {
        Identity identity = disk.identity();
        return new PeerIdentity(
                identity.cluster(), identity.worker(), PeerRole.WORKER, identity.disk(), identity.incarnation());
    }

    /** Dials the workers of a new map. */
    private void mapChanged(ClusterMap map) {
        Map<String, HostPort> peers = new TreeMap<>();
        map.workers()
                .forEach(
                        (worker, address) -> HostPort.parse(address.peer()).ifPresent(peer -> peers.put(worker, peer)));
        if (links != null) {
            links.addresses(peers);
        }
    }

    /** What the links say. */
    private final class Events implements PeerEvents {
        @Override
        public void received(PeerIdentity from, boolean isReply, io.quorate.api.Bytes payload) {
            Message message;
            try {
                message = MessageCodecV1.decode(payload);
            } catch (MalformedException e) {
                LOG.warn("A message of {} cannot be read and is passed over: {}", from.id(), e.getMessage());
                return;
            }
            loop.input(core -> core.received(from.id(), message, loop.now()));
        }

        @Override
        public void linkChanged(String peerId, LinkState state) {
            switch (state) {
                case LinkState.Connected _ -> {
                    reached(peerId);
                    loop.input(core -> core.linkUp(peerId, loop.now()));
                }
                case LinkState.Disconnected _, LinkState.Rejected _ ->
                    loop.input(core -> core.linkDown(peerId, loop.now()));
                case LinkState.Refused _ -> {
                    loop.input(core -> core.linkDown(peerId, loop.now()));
                    if (heartbeats != null) {
                        heartbeats.refusedConnection(peerId);
                    }
                }
            }
        }

        private void reached(String peerId) {
            if (heartbeats != null) {
                heartbeats.reached(peerId);
            }
        }
    }

    /** What the controller says of this worker. */
    private final class Membership implements Heartbeats.Listener {
        @Override
        public void joined(UUID cluster) {
            try {
                disk.join(cluster);
                LOG.info("Joined cluster {}", cluster);
            } catch (IOException e) {
                broken(e);
            }
        }

        @Override
        public void refused(HeartbeatAnswer.Refused refusal) {
            boolean oldCopy = refusal.kind() == HeartbeatAnswer.Refused.Kind.OLD_COPY;
            whenEnded.accept(
                    oldCopy ? new WorkerEnd.OldCopy(refusal.detail()) : new WorkerEnd.Refused(refusal.detail()));
        }
    }

    private void broken(Throwable cause) {
        LOG.error("Worker {} cannot go on: what is on disk is kept; start it again", id(), cause);
        whenEnded.accept(new WorkerEnd.Broken(String.valueOf(cause.getMessage())));
    }

    /** How the worker stands, in numbers; from any thread. */
    public WorkerFigures figures() {
        WorkerFronts front = fronts;
        return front == null ? housekeeper.figures() : front.with(housekeeper.figures());
    }

    /** The worker's id. */
    public String id() {
        return disk.identity().worker();
    }

    /** The address that clients are told. */
    public String httpAddress() {
        return httpAddress;
    }

    /** Host and port for Redis clients; empty when there is no such port. */
    public Optional<String> redisAddress() {
        return redisAddress;
    }

    /**
     * Stops in order: not ready, leaderships handed over, everything flushed, ports closed. Blocks for a bounded time;
     * call it off the event loop.
     */
    public void stop() {
        try {
            LOG.info("Worker {} stops", id());
            loop.act(_ -> condition.drain());
            Heartbeats beats = heartbeats;
            if (beats != null) {
                beats.now();
            }
            housekeeper.awaitNoLeadership(DRAIN_NANOS);
            housekeeper.awaitFlushed(FLUSH_NANOS);
            closeLinks(beats);
        } finally {
            closeDisk();
        }
        LOG.info("Worker {} has stopped", id());
    }

    /** Ends at once, as a crash would; for tests and for parts that are about to be set aside. */
    public void abort() {
        closeLinks(heartbeats);
        closeDisk();
    }

    /** After {@link WorkerEnd.OldCopy}: ends and sets the old disk aside, so that the next start finds an empty one. */
    public void giveDiskUp() throws IOException {
        closeLinks(heartbeats);
        loop.close();
        try {
            store.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disk.giveUp();
    }

    private void closeLinks(@Nullable Heartbeats beats) {
        io.vertx.core.Promise<Void> closed = io.vertx.core.Promise.promise();
        context.runOnContext(_ -> {
            if (beats != null) {
                beats.stop();
            }
            housekeeper.stop();
            WorkerFronts front = fronts;
            Future<Void> frontsClosed = front == null ? Future.succeededFuture() : front.close(FRONT_GRACE);
            frontsClosed
                    .eventually(() -> links == null ? Future.succeededFuture() : links.close())
                    .onComplete(closed);
        });
        try {
            closed.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The ports were not closed in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
