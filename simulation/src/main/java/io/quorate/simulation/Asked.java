package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.ReadRequest;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import java.util.List;
import java.util.Optional;

/**
 * A call of a client that is under way, and what was known when it began.
 *
 * @param ticket of this attempt
 * @param write empty for a read
 * @param read what a read asks for; of a write, nothing that matters
 * @param life of the worker that took it
 * @param startNanos when it was asked for first
 * @param askedNanos when this attempt was made
 * @param attempt from 1; only a write that may be repeated has further ones
 * @param acknowledged the last revision of the key that anybody was told of before
 * @param establishedTerm the greatest term in which a leader of the partition had served before
 * @param calm whether there is no reason for it to fail
 */
record Asked(
        long ticket,
        Bytes key,
        int partition,
        Optional<WriteRequest> write,
        ReadRequest read,
        SimulatedWorker worker,
        long life,
        long startNanos,
        long askedNanos,
        int attempt,
        Revision acknowledged,
        long establishedTerm,
        boolean calm) {
    /** What it asks for, in this order; none for a read. */
    List<Command> commands() {
        return write.map(WriteRequest::commands).orElse(List.of());
    }

    boolean isAtomic() {
        return write.filter(WriteRequest::isAtomic).isPresent();
    }

    boolean isLinearizableRead() {
        return write.isEmpty() && read.consistency() == Consistency.LINEARIZABLE;
    }

    /** Whether the worker is asked for its replica as it is, however old. */
    boolean local() {
        return read.consistency() == Consistency.LOCAL && read.minRevision().equals(Revision.NONE);
    }

    boolean isRepeatable() {
        return write.filter(WriteRequest::isRepeatable).isPresent();
    }

    /** The same call once more. */
    Asked again(long newTicket, SimulatedWorker of, long nowNanos) {
        return new Asked(
                newTicket,
                key,
                partition,
                write,
                read,
                of,
                of.life(),
                startNanos,
                nowNanos,
                attempt + 1,
                acknowledged,
                establishedTerm,
                calm);
    }
}
