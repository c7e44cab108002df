package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The proposals that wait to be decided, bounded in number and bytes; each is taken out, and told, once. */
final class OpenProposals {
    private final Map<Long, OpenProposal> byCallId = new LinkedHashMap<>();
    private final int maxCount;
    private final long maxBytes;
    private long bytes;
    private long lastCallId;

    OpenProposals(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** Takes the command in, or answers empty when there is no room. */
    synchronized Optional<OpenProposal> admit(Bytes command, Consumer<ProposalOutcome> whenDecided) {
        if (byCallId.size() >= maxCount || bytes + command.length() > maxBytes) {
            return Optional.empty();
        }
        OpenProposal proposal = new OpenProposal(++lastCallId, command, whenDecided);
        byCallId.put(proposal.callId(), proposal);
        bytes += command.length();
        return Optional.of(proposal);
    }

    /** Notes that the command is about to be appended, if it is still open. */
    synchronized void appending(long callId) {
        OpenProposal proposal = byCallId.get(callId);
        if (proposal != null) {
            proposal.appending();
        }
    }

    /** Takes the proposal out; false when that was done before. */
    synchronized boolean take(OpenProposal proposal) {
        if (byCallId.remove(proposal.callId()) == null) {
            return false;
        }
        bytes -= proposal.command().length();
        return true;
    }

    /** Those still open, oldest first. */
    synchronized List<OpenProposal> all() {
        return List.copyOf(byCallId.values());
    }
}
