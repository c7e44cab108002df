package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import java.util.Optional;

/** A client's request that this worker took and has not answered. */
final class GatewayRequest {
    /** Where a request is. */
    sealed interface Whereabouts {
        /** Here; it is in no log. */
        record Waiting(long retryAtNanos) implements Whereabouts {}

        /** With the leader on this worker. */
        record Local() implements Whereabouts {}

        /** With the leader on another worker, in that term. */
        record Forwarded(String worker, long term) implements Whereabouts {}
    }

    final long ticket;
    final int partition;
    final Bytes key;
    final Optional<Command> command;
    final long deadlineNanos;
    /** When the answer of a leader that was deposed is no longer waited for. */
    long giveUpAtNanos = Long.MAX_VALUE;

    Whereabouts whereabouts = new Whereabouts.Waiting(0);

    GatewayRequest(long ticket, int partition, Bytes key, Optional<Command> command, long deadlineNanos) {
        this.ticket = ticket;
        this.partition = partition;
        this.key = key;
        this.command = command;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isWrite() {
        return command.isPresent();
    }
}
