package io.quorate.server.metadata;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
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
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This controller's server in the Ratis group. */
final class GroupMember {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);

    private static final long CLOSE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String controllerId;
    private final RaftGroupId groupId;
    private final ClientId clientId;
    private final RaftServer server;

    private GroupMember(String controllerId, RaftGroupId groupId, ClientId clientId, RaftServer server) {
        this.controllerId = controllerId;
        this.groupId = groupId;
        this.clientId = clientId;
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * <p>It is started on a daemon thread, because Ratis's threads are what the thread that starts them is.
     *
     * @param clientId under which commands are submitted; no two servers, nor two runs of one, have the same
     */
    static GroupMember start(MetadataLogSettings settings, Path storage, StateMachine stateMachine, ClientId clientId)
            throws IOException {
        FutureTask<GroupMember> start = new FutureTask<>(() -> startHere(settings, storage, stateMachine, clientId));
        Thread.ofPlatform()
                .daemon()
                .name("metadata-start-" + settings.controllerId())
                .start(start);
        try {
            return start.get();
        } catch (ExecutionException failed) {
            throw new IOException("The group member does not start", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the group member was starting");
        }
    }

    private static GroupMember startHere(
            MetadataLogSettings settings, Path storage, StateMachine stateMachine, ClientId clientId)
            throws IOException, InterruptedException {
        RaftGroup group = groupOf(settings);
        RaftServer server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(settings.controllerId()))
                .setGroup(group)
                .setStateMachine(stateMachine)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(RatisSettings.of(settings, storage))
                .build();
        GroupMember member = new GroupMember(settings.controllerId(), group.getGroupId(), clientId, server);
        try {
            server.start();
            return member;
        } catch (IOException | RuntimeException failed) {
            member.close();
            throw failed;
        }
    }

    /** All controllers agree on the group before the cluster has an identity of its own: it follows from the name. */
    private static RaftGroup groupOf(MetadataLogSettings settings) {
        String seed = "quorate controllers of " + settings.groupName();
        return RaftGroup.valueOf(
                RaftGroupId.valueOf(UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))),
                settings.peers().stream()
                        .map(peer -> RaftPeer.newBuilder()
                                .setId(peer.id())
                                .setAddress(peer.address())
                                .build())
                        .toList());
    }

    DivisionInfo info() throws IOException {
        return server.getDivision(groupId).getInfo();
    }

    /** Whether what the leader said to have committed, since this server was started, is applied here. */
    boolean caughtUp() {
        try {
            RaftServer.Division division = server.getDivision(groupId);
            Optional<RaftPeerId> leader =
                    Optional.ofNullable(division.getInfo().getLeaderId()).filter(id -> !id.equals(server.getId()));
            return division.getCommitInfos().stream()
                    .filter(said -> leader.equals(
                            Optional.of(RaftPeerId.valueOf(said.getServer().getId()))))
                    .anyMatch(
                            said -> said.getCommitIndex() <= division.getInfo().getLastAppliedIndex());
        } catch (IOException notThere) {
            LOG.debug("Controller {} has no part in the group", controllerId, notThere);
            return false;
        }
    }

    /** Waits for the server's lock, for which a disk may have to finish. */
    CompletableFuture<RaftClientReply> submit(OpenProposal proposal) {
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(clientId)
                .setServerId(server.getId())
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

    /** Hands leadership to the follower that answered last: the one most likely to be up to date. */
    void handOver() {
        try {
            Optional<RaftPeerId> follower = info().getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream()
                    .min(Comparator.comparingLong(ServerRpcProto::getLastRpcElapsedTimeMs))
                    .map(nearest -> RaftPeerId.valueOf(nearest.getId().getId()));
            if (follower.isPresent()) {
                handOverTo(follower.get());
            }
        } catch (IOException | ExecutionException | TimeoutException failed) {
            LOG.info("Controller {} could not hand over", controllerId, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOverTo(RaftPeerId follower)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        TransferLeadershipRequest request = new TransferLeadershipRequest(
                clientId, server.getId(), groupId, 0, follower, MetadataLogLimits.STEP_DOWN_TIMEOUT_MILLIS);
        RaftClientReply reply = server.transferLeadershipAsync(request)
                .get(MetadataLogLimits.STEP_DOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        if (!reply.isSuccess()) {
            LOG.info(
                    "Controller {} keeps leading: {}",
                    controllerId,
                    reply.getException().getMessage());
        }
    }

    /** Ends the server on a thread of its own, since Ratis waits without a bound for some of its parts. */
    void close() throws InterruptedException {
        Thread closing = Thread.ofPlatform()
                .daemon()
                .name("metadata-close-" + controllerId)
                .start(this::closeHere);
        if (!closing.join(Duration.ofMillis(MetadataLogLimits.CLOSE_TIMEOUT_MILLIS))) {
            LOG.warn("Controller {}'s group member is still closing", controllerId);
        }
    }

    /** Closing the server does not wait for the division, which holds the files, when another part fails. */
    private void closeHere() {
        try {
            server.close();
        } catch (IOException | IllegalStateException failed) {
            LOG.debug("Controller {}'s server was not running as a whole", controllerId, failed);
        }
        try {
            awaitClosed(server.getDivision(groupId));
        } catch (IOException failed) {
            LOG.debug("Controller {} had no part in the group to close", controllerId, failed);
        }
    }

    private static void awaitClosed(RaftServer.Division division) throws IOException {
        division.close();
        while (division.getInfo().getLifeCycleState() == LifeCycle.State.CLOSING) {
            LockSupport.parkNanos(CLOSE_POLL_NANOS);
        }
    }
}
