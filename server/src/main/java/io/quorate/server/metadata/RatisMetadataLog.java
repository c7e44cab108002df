package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Refused;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metadata log on one Apache Ratis group, of which this is one member. */
public final class RatisMetadataLog implements MetadataLog {
    private static final Logger LOG = LoggerFactory.getLogger(RatisMetadataLog.class);

    private final MetadataLogSettings settings;
    private final Consumer<Throwable> onFailure;
    private final MetadataFolder folder;
    private final ListenerThread listenerThread;
    private final OpenProposals openProposals =
            new OpenProposals(MetadataLogLimits.MAX_OPEN_PROPOSALS, MetadataLogLimits.MAX_OPEN_PROPOSAL_BYTES);
    private final Proposer proposer;
    private final Leadership leadership;
    private final RaftGroupId groupId;
    private final RaftPeerId selfId;
    private final ClientId clientId = ClientId.randomId();
    private final RaftServer server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile Optional<DivisionInfo> division = Optional.empty();

    private RatisMetadataLog(
            MetadataLogSettings settings, Listener listener, Consumer<Throwable> onFailure, MetadataFolder folder)
            throws IOException {
        this.settings = settings;
        this.onFailure = onFailure;
        this.folder = folder;
        this.selfId = RaftPeerId.valueOf(settings.controllerId());
        this.groupId = groupIdOf(settings.groupName());
        this.listenerThread = new ListenerThread(settings.controllerId(), this::fail);
        this.leadership = new Leadership(listener, listenerThread, settings.controllerId(), () -> division);
        this.proposer = new Proposer(
                settings.controllerId(), openProposals, this::submit, listenerThread, this::activeController);
        MetadataStateMachine stateMachine =
                new MetadataStateMachine(listener, listenerThread, openProposals, clientId, leadership, this::fail);
        this.server = RaftServer.newBuilder()
                .setServerId(selfId)
                .setGroup(groupOf(settings, groupId))
                .setStateMachine(stateMachine)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(RatisSettings.of(settings, folder.storage()))
                .build();
    }

    /**
     * Opens the log in its folder, creating it the first time, and takes part in the group.
     *
     * <p>When this returns, the listener has been given the newest snapshot if there is one; entries and changes of
     * leadership follow.
     *
     * @param onFailure called, once, when the log cannot go on (the disk failed, the listener threw); the process
     *     should end
     * @throws MetadataLogRefused when the folder belongs to another group, is in use or damaged, or the port is taken
     */
    public static RatisMetadataLog open(MetadataLogSettings settings, Listener listener, Consumer<Throwable> onFailure)
            throws MetadataLogRefused {
        try {
            MetadataFolder folder = MetadataFolder.open(settings);
            TornTail.cut(folder.storage());
            RatisMetadataLog log = new RatisMetadataLog(settings, listener, onFailure, folder);
            log.start();
            return log;
        } catch (IOException failed) {
            throw refusal(settings, failed);
        }
    }

    private void start() throws IOException {
        try {
            server.start();
            division = Optional.of(server.getDivision(groupId).getInfo());
            leadership.changed();
        } catch (IOException | RuntimeException | Error refused) {
            close();
            throw refused;
        }
    }

    private static RaftGroupId groupIdOf(String groupName) {
        return RaftGroupId.valueOf(
                UUID.nameUUIDFromBytes(("quorate controllers of " + groupName).getBytes(StandardCharsets.UTF_8)));
    }

    private static RaftGroup groupOf(MetadataLogSettings settings, RaftGroupId groupId) {
        return RaftGroup.valueOf(
                groupId,
                settings.peers().stream()
                        .map(peer -> RaftPeer.newBuilder()
                                .setId(peer.id())
                                .setAddress(peer.address())
                                .build())
                        .toList());
    }

    private static MetadataLogRefused refusal(MetadataLogSettings settings, Exception failure) {
        for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
            if (reason instanceof BindException) {
                return new MetadataLogRefused(
                        "Controller " + settings.controllerId() + " cannot listen on " + settings.bindHost() + ":"
                                + settings.self().port() + " (" + reason.getMessage() + "): stop what uses that port,"
                                + " or choose another",
                        failure);
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new MetadataLogRefused(
                "The metadata log in " + settings.folder() + " cannot be opened: " + root.getMessage()
                        + "; nothing was changed: restore the folder from a copy, or, when other controllers have the"
                        + " log, remove this one's folder",
                failure);
    }

    @Override
    public void propose(Bytes command, Consumer<ProposalOutcome> whenDecided) {
        if (closed.get() || failed.get()) {
            whenDecided.accept(new Refused(Refusal.CLOSED, Optional.empty()));
        } else if (command.length() > MetadataLogLimits.MAX_COMMAND_BYTES) {
            whenDecided.accept(new Refused(Refusal.TOO_LARGE, activeController()));
        } else if (!activity().active()) {
            whenDecided.accept(new Refused(Refusal.NOT_ACTIVE, activeController()));
        } else {
            proposer.propose(command, whenDecided);
        }
    }

    private CompletableFuture<RaftClientReply> submit(OpenProposal proposal) {
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(clientId)
                .setServerId(selfId)
                .setGroupId(groupId)
                .setCallId(proposal.callId())
                .setMessage(Message.valueOf(
                        UnsafeByteOperations.unsafeWrap(proposal.command().asBuffer())))
                .setType(RaftClientRequest.writeRequestType())
                .build();
        try {
            return server.submitClientRequestAsync(request);
        } catch (IOException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    @Override
    public Activity activity() {
        return leadership.current();
    }

    private Optional<String> activeController() {
        return leadership.current().activeControllerId();
    }

    @Override
    public void stepDown() {
        if (settings.alone() || !activity().active()) {
            return;
        }
        nearestFollower().ifPresent(this::transferLeadership);
    }

    /** The follower that answered last: the one most likely to be up to date. */
    private Optional<RaftPeerId> nearestFollower() {
        return division.stream()
                .flatMap(info -> info.getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream())
                .min(Comparator.comparingLong(ServerRpcProto::getLastRpcElapsedTimeMs))
                .map(follower -> RaftPeerId.valueOf(follower.getId().getId()));
    }

    private void transferLeadership(RaftPeerId follower) {
        TransferLeadershipRequest request = new TransferLeadershipRequest(
                clientId, selfId, groupId, 0, follower, MetadataLogLimits.STEP_DOWN_TIMEOUT_MILLIS);
        try {
            RaftClientReply reply = server.transferLeadershipAsync(request)
                    .get(MetadataLogLimits.STEP_DOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (!reply.isSuccess()) {
                LOG.info("Controller {} keeps leading: {}", settings.controllerId(), reply.getException());
            }
        } catch (IOException | ExecutionException | TimeoutException failed) {
            LOG.info("Controller {} could not hand over to {}", settings.controllerId(), follower, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Throwable cause) {
        if (!closed.get() && failed.compareAndSet(false, true)) {
            LOG.error("The metadata log of controller {} cannot go on", settings.controllerId(), cause);
            onFailure.accept(cause);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        proposer.stop();
        try {
            closeServer();
            proposer.decideRest();
            if (!listenerThread.close(MetadataLogLimits.CLOSE_TIMEOUT_MILLIS)) {
                LOG.warn("The listener of controller {}'s metadata log is still at work", settings.controllerId());
            }
            folder.close();
        } catch (IOException failed) {
            LOG.warn("Controller {}'s metadata log was not closed cleanly", settings.controllerId(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a thread of its own, since Ratis waits without a bound for some of its parts. */
    private void closeServer() throws InterruptedException {
        Thread closing = Thread.ofPlatform()
                .daemon()
                .name("metadata-close-" + settings.controllerId())
                .start(() -> {
                    try {
                        server.close();
                    } catch (IOException failed) {
                        LOG.warn(
                                "Controller {}'s group member was not closed cleanly", settings.controllerId(), failed);
                    }
                });
        if (!closing.join(Duration.ofMillis(MetadataLogLimits.CLOSE_TIMEOUT_MILLIS))) {
            LOG.warn("Controller {}'s group member is still closing", settings.controllerId());
        }
    }
}
