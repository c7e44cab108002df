package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import java.util.function.Consumer;

/** A proposed command whose outcome has not been told yet. */
final class OpenProposal {
    private final long callId;
    private final Bytes command;
    private final Consumer<ProposalOutcome> whenDecided;
    private volatile boolean mayBeInLog;

    OpenProposal(long callId, Bytes command, Consumer<ProposalOutcome> whenDecided) {
        this.callId = callId;
        this.command = command;
        this.whenDecided = whenDecided;
    }

    long callId() {
        return callId;
    }

    Bytes command() {
        return command;
    }

    /** Called just before the command is appended: from now on a failure does not mean that it is not there. */
    void appending() {
        mayBeInLog = true;
    }

    boolean mayBeInLog() {
        return mayBeInLog;
    }

    void tell(ProposalOutcome outcome) {
        whenDecided.accept(outcome);
    }
}
