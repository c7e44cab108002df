package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Refused;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Unknown;
import io.quorate.core.controller.MetadataLog.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a failure means for the command, before and after it may have been appended. */
class ProposerTest {
    private static final RaftGroupMemberId SELF =
            RaftGroupMemberId.valueOf(RaftPeerId.valueOf("c1"), RaftGroupId.randomId());

    private final OpenProposals open = new OpenProposals(2, 100);
    private final ListenerThread listenerThread = new ListenerThread("c1", failure -> {});
    private Optional<Proposer> proposer = Optional.empty();

    @AfterEach
    void stop() throws InterruptedException {
        proposer.ifPresent(Proposer::stop);
        listenerThread.close(1_000);
    }

    private CompletableFuture<ProposalOutcome> propose(
            Function<OpenProposal, CompletableFuture<RaftClientReply>> submission) {
        Proposer current =
                proposer.orElseGet(() -> new Proposer("c1", open, submission, listenerThread, () -> Optional.of("c2")));
        proposer = Optional.of(current);
        CompletableFuture<ProposalOutcome> outcome = new CompletableFuture<>();
        current.propose(Bytes.utf8("command"), outcome::complete);
        return outcome.orTimeout(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<RaftClientReply> failAfterAppend(OpenProposal proposal, Exception failure) {
        open.appending(proposal.callId());
        return CompletableFuture.failedFuture(failure);
    }

    private static NotLeaderException notLeader() {
        return new NotLeaderException(SELF, null, List.of());
    }

    @Test
    void aLeadershipLostBeforeTheAppendIsARefusalWithTheHint() {
        assertThat(propose(proposal -> CompletableFuture.failedFuture(notLeader()))
                        .join())
                .isEqualTo(new Refused(Refusal.NOT_ACTIVE, Optional.of("c2")));
    }

    @Test
    void aLeadershipLostAfterTheAppendLeavesTheFateUnknown() {
        assertThat(propose(proposal -> failAfterAppend(proposal, notLeader())).join())
                .isInstanceOf(Unknown.class);
    }

    @Test
    void aLeaderThatIsNotReadyRefuses() {
        LeaderNotReadyException notReady = new LeaderNotReadyException(SELF);
        assertThat(propose(proposal -> CompletableFuture.failedFuture(notReady)).join())
                .isEqualTo(new Refused(Refusal.NOT_ACTIVE, Optional.of("c2")));
    }

    @Test
    void alackOfRoomIsARefusalAsOverloaded() {
        ResourceUnavailableException full = new ResourceUnavailableException("full");
        assertThat(propose(proposal -> CompletableFuture.failedFuture(full)).join())
                .isEqualTo(new Refused(Refusal.OVERLOADED, Optional.of("c2")));
    }

    @Test
    void aBrokenLogRefusesBeforeTheAppendAndIsUnknownAfter() {
        IOException broken = new IOException("disk");
        assertThat(propose(proposal -> CompletableFuture.failedFuture(broken)).join())
                .isEqualTo(new Refused(Refusal.CLOSED, Optional.of("c2")));
        proposer = Optional.empty();
        assertThat(propose(proposal -> failAfterAppend(proposal, broken)).join())
                .isEqualTo(new Unknown("The metadata log failed: disk"));
    }

    @Test
    void moreThanThereIsRoomForIsRefusedAtOnce() {
        CompletableFuture<RaftClientReply> never = new CompletableFuture<>();
        CompletableFuture<ProposalOutcome> first = propose(proposal -> never);
        CompletableFuture<ProposalOutcome> second = propose(proposal -> never);
        assertThat(propose(proposal -> never)).isCompletedWithValue(new Refused(Refusal.OVERLOADED, Optional.of("c2")));
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
    }

    @Test
    void whatIsOpenAtTheEndIsDecided() throws InterruptedException {
        CompletableFuture<RaftClientReply> never = new CompletableFuture<>();
        CompletableFuture<Boolean> submitted = new CompletableFuture<>();
        CompletableFuture<ProposalOutcome> outcome = propose(proposal -> {
            open.appending(proposal.callId());
            submitted.complete(true);
            return never;
        });
        assertThat(submitted.join()).isTrue();
        proposer.orElseThrow().stop();
        proposer.orElseThrow().decideRest();
        assertThat(outcome.join()).isInstanceOf(Unknown.class);
    }
}
