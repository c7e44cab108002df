package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.core.controller.ControllerCore;
import io.quorate.core.controller.ControllerInput;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.ControllerSettings;
import io.quorate.core.message.Message;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.MessageCodecV1;
import io.quorate.server.http.ControllerHttp;
import io.quorate.server.http.HttpSettings;
import io.quorate.server.http.RequestMeter;
import io.quorate.server.metadata.ControllerPeer;
import io.quorate.server.metadata.MetadataLogRefused;
import io.quorate.server.metadata.MetadataLogSettings;
import io.quorate.server.metadata.RatisMetadataLog;
import io.quorate.server.peer.LinkState;
import io.quorate.server.peer.PeerEvents;
import io.quorate.server.peer.PeerIdentity;
import io.quorate.server.peer.PeerLinks;
import io.quorate.server.peer.PeerRole;
import io.quorate.server.peer.PeerSettings;
import io.quorate.server.peer.TcpPeerNetwork;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A controller: its part of the metadata log, its core on one event loop, its links and its HTTP front end. */
public final class ControllerNode {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerNode.class);
    private static final String GROUP_NAME = "quorate";
    private static final int MOVES_AT_ONCE = 2;
    private static final long START_SECONDS = 30;
    private static final Duration HTTP_GRACE = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Context context;
    private final ControllerOptions options;
    private final DataFolder folder;
    private final ControllerLoop loop;
    private @Nullable RatisMetadataLog metadata;
    private @Nullable PeerLinks links;
    private @Nullable ControllerHttp http;
    private String httpAddress = "";

    private ControllerNode(Vertx vertx, ControllerOptions options, Consumer<String> whenEnded)
            throws StartRefusedException {
        this.vertx = vertx;
        this.options = options;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.folder = DataFolder.open(options.dataDir());
        ControllerSettings settings = new ControllerSettings(
                options.id(),
                options.partitions(),
                options.replicas(),
                options.writeQuorum(),
                options.expectedWorkers(),
                options.heartbeatIntervalMillis(),
                options.heartbeatTimeoutMillis(),
                options.checkIntervalMillis(),
                MOVES_AT_ONCE);
        this.loop = new ControllerLoop(
                vertx, context, new ControllerCore(settings, UUID.randomUUID()), Clock.SYSTEM, whenEnded);
    }

    /**
     * Opens the metadata log, binds the ports and takes part in the group. Blocks until the controller answers on its
     * port; call it off the event loop.
     *
     * @param whenEnded told, with one line, when the controller cannot go on
     * @throws StartRefusedException when a setting, the folder or a port does not allow it
     */
    public static ControllerNode start(
            Vertx vertx,
            ControllerOptions options,
            Supplier<String> metrics,
            RequestMeter meter,
            Consumer<String> whenEnded)
            throws StartRefusedException {
        ControllerNode node = new ControllerNode(vertx, options, whenEnded);
        try {
            await(node.bind(metrics, meter));
            node.openMetadata(whenEnded);
            return node;
        } catch (StartRefusedException e) {
            node.abort();
            throw e;
        }
    }

    private static <T> T await(Future<T> future) throws StartRefusedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartRefusedException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new StartRefusedException("The controller did not start within " + START_SECONDS + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefusedException("The start was interrupted.", e);
        }
    }

    private Future<Void> bind(Supplier<String> metrics, RequestMeter meter) {
        Promise<Void> bound = Promise.promise();
        context.runOnContext(_ -> new TcpPeerNetwork(vertx, PeerSettings.standard(), RandomGenerator.getDefault())
                .open(Optional.empty(), this::peerIdentity, new Events())
                .compose(opened -> {
                    links = opened;
                    return startHttp(metrics, meter);
                })
                .map(this::bound)
                .onComplete(bound));
        return bound.future();
    }

    private Future<Integer> startHttp(Supplier<String> metrics, RequestMeter meter) {
        HttpSettings settings = HttpSettings.of(options.host(), options.httpPort())
                .withAllowedHosts(options.allowedHosts())
                .withRequestTimeoutMillis(options.requestTimeoutMillis());
        ControllerFrontDoor door = new ControllerFrontDoor(loop, options.id(), this::activeController);
        http = new ControllerHttp(vertx, context, door, settings, metrics, meter);
        return http.start();
    }

    private @Nullable Void bound(int port) {
        httpAddress = self().map(ControllerOptions.Peer::http)
                .filter(address -> !address.isEmpty())
                .orElse("http://127.0.0.1:" + port);
        return null;
    }

    private Optional<ControllerOptions.Peer> self() {
        return peer(options.id());
    }

    private Optional<ControllerOptions.Peer> peer(String id) {
        return options.group().stream().filter(peer -> peer.id().equals(id)).findFirst();
    }

    private Optional<String> httpOf(String id) {
        return id.equals(options.id()) ? Optional.of(httpAddress) : peer(id).map(ControllerOptions.Peer::http);
    }

    private Optional<String> activeController() {
        return metadata == null
                ? Optional.empty()
                : metadata.activity().activeControllerId().flatMap(this::httpOf);
    }

    private void openMetadata(Consumer<String> whenEnded) throws StartRefusedException {
        List<ControllerPeer> peers = options.group().stream()
                .map(peer -> new ControllerPeer(peer.id(), peer.peerHost(), peer.peerPort()))
                .toList();
        try {
            MetadataLogSettings settings =
                    new MetadataLogSettings(options.id(), peers, GROUP_NAME, folder.own("metadata"), options.host());
            RatisMetadataLog log = RatisMetadataLog.open(
                    settings,
                    new MetadataRelay(loop::post, this::httpOf),
                    failure -> whenEnded.accept("The metadata log cannot go on: " + failure.getMessage()));
            metadata = log;
            context.runOnContext(_ -> loop.begin(log, java.util.Objects.requireNonNull(links)));
            LOG.info("Controller {} answers at {}", options.id(), httpAddress);
        } catch (MetadataLogRefused | IllegalArgumentException e) {
            throw new StartRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    private PeerIdentity peerIdentity() {
        UUID disk = UUID.nameUUIDFromBytes(options.id().getBytes(StandardCharsets.UTF_8));
        return new PeerIdentity(loop.core().map().cluster(), options.id(), PeerRole.CONTROLLER, disk, 1);
    }

    /** What the links say. */
    private final class Events implements PeerEvents {
        @Override
        public void received(PeerIdentity from, boolean isReply, Bytes payload) {
            try {
                if (MessageCodecV1.decode(payload) instanceof Message.OrderAnswers answers) {
                    loop.input(new ControllerInput.AnswersArrived(from.id(), answers.answers()));
                }
            } catch (MalformedException e) {
                LOG.warn("A message of {} cannot be read and is passed over: {}", from.id(), e.getMessage());
            }
        }

        @Override
        public void linkChanged(String peerId, LinkState state) {
            Link link = switch (state) {
                case LinkState.Connected _ -> Link.CONNECTED;
                case LinkState.Disconnected _, LinkState.Rejected _ -> Link.DISCONNECTED;
                case LinkState.Refused _ -> Link.REFUSED;
            };
            loop.input(new ControllerInput.LinkChanged(peerId, link));
        }
    }

    /** The address that workers and clients are told. */
    public String httpAddress() {
        return httpAddress;
    }

    /** Stops in order: leadership of the group handed over, ports closed. Blocks for a bounded time. */
    public void stop() {
        LOG.info("Controller {} stops", options.id());
        if (metadata != null) {
            metadata.stepDown();
        }
        abort();
        LOG.info("Controller {} has stopped", options.id());
    }

    /** Ends without handing anything over. */
    public void abort() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(_ -> {
            loop.close();
            Future<Void> httpClosed = http == null ? Future.succeededFuture() : http.close(HTTP_GRACE);
            httpClosed
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
        if (metadata != null) {
            metadata.close();
        }
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warn("The data folder's lock ends with the process", e);
        }
    }
}
