package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Revision;
import java.util.Optional;

/**
 * A call of a client that is under way, and what was known when it began.
 *
 * @param command empty for a read
 * @param local whether the worker is asked for its replica as it is
 * @param life of the worker that took it
 * @param acknowledged the last revision of the key that anybody was told of before
 * @param establishedTerm the greatest term in which a leader of the partition had served before
 * @param calm whether there is no reason for it to fail
 */
record Asked(
        long ticket,
        Bytes key,
        int partition,
        Optional<Command> command,
        boolean local,
        SimulatedWorker worker,
        long life,
        long startNanos,
        Revision acknowledged,
        long establishedTerm,
        boolean calm) {
    boolean isLinearizableRead() {
        return command.isEmpty() && !local;
    }
}
