package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Committed;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Refused;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Unknown;
import io.quorate.core.controller.MetadataLog.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Hands proposed commands to the group and tells what became of them.
 *
 * <p>The hand-over has a thread of its own, because it waits for the server's lock, which may be held while a disk
 * works. The reason that comes with a failure does not tell whether the command had been appended, so each proposal
 * notes that itself.
 */
final class Proposer {
    private final OpenProposals open;
    private final Function<OpenProposal, CompletableFuture<RaftClientReply>> submission;
    private final ListenerThread listenerThread;
    private final Supplier<Optional<String>> activeController;
    private final ExecutorService executor;

    Proposer(
            String controllerId,
            OpenProposals open,
            Function<OpenProposal, CompletableFuture<RaftClientReply>> submission,
            ListenerThread listenerThread,
            Supplier<Optional<String>> activeController) {
        this.open = open;
        this.submission = submission;
        this.listenerThread = listenerThread;
        this.activeController = activeController;
        this.executor = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("metadata-propose-" + controllerId)
                .factory());
    }

    void propose(Bytes command, Consumer<ProposalOutcome> whenDecided) {
        Optional<OpenProposal> admitted = open.admit(command, whenDecided);
        if (admitted.isEmpty()) {
            whenDecided.accept(refused(Refusal.OVERLOADED));
            return;
        }
        OpenProposal proposal = admitted.get();
        try {
            executor.execute(() -> submit(proposal));
        } catch (RejectedExecutionException closed) {
            if (open.take(proposal)) {
                proposal.tell(refused(Refusal.CLOSED));
            }
        }
    }

    private void submit(OpenProposal proposal) {
        CompletableFuture<RaftClientReply> reply;
        try {
            reply = submission.apply(proposal);
        } catch (RuntimeException failed) {
            reply = CompletableFuture.failedFuture(failed);
        }
        var _ = reply.whenComplete((answer, failure) -> decide(proposal, outcome(proposal, answer, failure)));
    }

    private ProposalOutcome outcome(
            OpenProposal proposal, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (reply != null && reply.isSuccess()) {
            return new Committed(reply.getLogIndex());
        }
        Throwable reason = reply == null ? cause(failure) : reply.getException();
        return proposal.mayBeInLog() ? new Unknown(text(reason)) : refused(refusal(reason));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        Throwable reason = failure;
        while (reason instanceof CompletionException && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    private static Refusal refusal(@Nullable Throwable reason) {
        if (reason instanceof NotLeaderException
                || reason instanceof LeaderNotReadyException
                || reason instanceof LeaderSteppingDownException) {
            return Refusal.NOT_ACTIVE;
        }
        return reason instanceof ResourceUnavailableException ? Refusal.OVERLOADED : Refusal.CLOSED;
    }

    private static String text(@Nullable Throwable reason) {
        if (reason instanceof NotLeaderException) {
            return "This controller ceased to be the active one before the command was committed";
        }
        return reason == null ? "No answer from the metadata log" : "The metadata log failed: " + reason.getMessage();
    }

    private Refused refused(Refusal refusal) {
        return new Refused(refusal, activeController.get());
    }

    private void decide(OpenProposal proposal, ProposalOutcome outcome) {
        if (open.take(proposal) && !listenerThread.post(() -> proposal.tell(outcome))) {
            proposal.tell(outcome);
        }
    }

    /** Takes no further proposals; those not handed over yet are refused. */
    void stop() {
        executor.shutdownNow();
    }

    /** Decides what is still open, once the group answers nothing any more. */
    void decideRest() throws InterruptedException {
        executor.awaitTermination(MetadataLogLimits.CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        for (OpenProposal proposal : open.all()) {
            decide(
                    proposal,
                    proposal.mayBeInLog()
                            ? new Unknown("This controller was stopped before the command was decided")
                            : refused(Refusal.CLOSED));
        }
    }
}
