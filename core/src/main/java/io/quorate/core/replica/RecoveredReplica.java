package io.quorate.core.replica;

import io.quorate.core.cluster.LogPosition;

/**
 * A replica as store and log had it when the worker started.
 *
 * @param log entries after the applied one; none of them is applied before a commit index covers it
 * @param applied what the store contains
 * @param remembered how many idempotency keys and sessions the store contains
 * @param commitIndex a safe lower bound, carried by entries of the replica's own log
 */
public record RecoveredReplica(
        int partition,
        int generation,
        long term,
        ReplicaLog log,
        LogPosition applied,
        long logTimeMillis,
        int remembered,
        long commitIndex) {
    /** Whether store and log contain the entry; what the store has applied is there. */
    public boolean holds(LogPosition position) {
        return position.index() < applied.index() || log.matches(position);
    }

    /** The end of its log. */
    public LogPosition last() {
        return log.last();
    }

    static RecoveredReplica empty(int partition, int generation, long term) {
        return new RecoveredReplica(
                partition, generation, term, new ReplicaLog(LogPosition.START), LogPosition.START, 0, 0, 0);
    }
}
