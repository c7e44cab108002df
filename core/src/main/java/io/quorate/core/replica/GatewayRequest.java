package io.quorate.core.replica;

import io.quorate.api.Partitioning;

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
    final ClientRequest request;
    final long deadlineNanos;
    /** When the answer of a leader that was deposed is no longer waited for. */
    long giveUpAtNanos = Long.MAX_VALUE;

    /** A leader that was lost may have taken it. */
    boolean mayBeInLog;

    private boolean isChecked;

    Whereabouts whereabouts = new Whereabouts.Waiting(0);

    GatewayRequest(long ticket, ClientRequest request, long deadlineNanos) {
        this.ticket = ticket;
        this.request = request;
        this.deadlineNanos = deadlineNanos;
    }

    /** Looked at once: that takes a while for many keys. */
    boolean isOfOnePartition(Partitioning partitioning) {
        isChecked = isChecked || request.isOfOnePartition(partitioning);
        return isChecked;
    }

    boolean isWrite() {
        return request instanceof ClientRequest.Write;
    }
}
