package io.quorate.core.port;

import io.quorate.core.cluster.LogPosition;

/**
 * What a store knows of a replica beside its keys; it changes in one step with them.
 *
 * @param partition which partition
 * @param generation counts the snapshots that replaced the state, from 0
 * @param present false when the replica was deleted and only its term is kept
 * @param term the greatest term that was persisted
 * @param applied the last entry that the stored state contains
 * @param logTimeMillis that entry's log time
 * @param remembered how many idempotency keys and sessions are in the state
 */
public record ReplicaMeta(
        int partition,
        int generation,
        boolean present,
        long term,
        LogPosition applied,
        long logTimeMillis,
        int remembered) {
    /** Of a deleted replica, of which only the term is kept. */
    public static ReplicaMeta dropped(int partition, int generation, long term) {
        return new ReplicaMeta(partition, generation, false, term, LogPosition.START, 0, 0);
    }
}
