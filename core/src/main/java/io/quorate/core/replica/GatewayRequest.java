package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.WriteRequest;
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
    final Optional<WriteRequest> write;
    final long deadlineNanos;
    /** When the answer of a leader that was deposed is no longer waited for. */
    long giveUpAtNanos = Long.MAX_VALUE;

    /** A leader that was lost may have taken it. */
    boolean mayBeInLog;

    Whereabouts whereabouts = new Whereabouts.Waiting(0);

    GatewayRequest(long ticket, int partition, Bytes key, Optional<WriteRequest> write, long deadlineNanos) {
        this.ticket = ticket;
        this.partition = partition;
        this.key = key;
        this.write = write;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isWrite() {
        return write.isPresent();
    }

    /** Whether handing it to another leader does no harm when the first may have taken it. */
    boolean isRepeatable() {
        return write.map(WriteRequest::isRepeatable).orElse(true);
    }
}
