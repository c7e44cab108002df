package io.quorate.core.replica;

import io.quorate.api.Session;
import io.quorate.core.cluster.Now;

/**
 * What a worker's core can be told.
 *
 * @param leaseNanos L: how long a granted lease lasts from the sending of its request
 * @param driftPerMille the most by which two monotonic clocks drift apart, in thousandths
 * @param stallNanos a leader that has not reached its quorum for so long says so and takes no more writes
 * @param resendNanos unacknowledged messages are sent again after so long
 * @param commitNoticeNanos followers hear of a commit within so long although nothing else is to be sent
 * @param retainedBytes entries kept in memory for followers that are behind, for each replica
 * @param transferBytes entries kept in memory for replicas that are sent a snapshot or lag behind, until they have
 *     caught up; on the whole worker
 * @param appendBytes entries of one message, about; a single entry may be larger
 * @param inFlightBytes entries of a partition that are on their way to one replica and not acknowledged, about
 * @param maxBacklogBytes records that wait for this worker's disk: with more, it leaves entries of other leaders to be
 *     sent again; with twice as many, it refuses client writes
 * @param maxUncommittedBytes entries of a partition that wait for their quorum; more is refused
 * @param maxWaiting requests that wait in one partition for a leader, a lease or a load
 * @param idempotencyMillis for how much log time the outcome of a repeatable write is remembered
 * @param maxRemembered how many such outcomes and sessions a partition remembers; further ones are refused
 * @param sessionIdleMillis a session ends when it was not written in for so much log time
 */
public record WorkerSettings(
        long leaseNanos,
        int driftPerMille,
        long stallNanos,
        long resendNanos,
        long commitNoticeNanos,
        long retainedBytes,
        long transferBytes,
        long appendBytes,
        long inFlightBytes,
        long maxBacklogBytes,
        long maxUncommittedBytes,
        int maxWaiting,
        long idempotencyMillis,
        int maxRemembered,
        long sessionIdleMillis) {
    /** The settings of the product. */
    public static final WorkerSettings STANDARD = new WorkerSettings(
            600 * Now.NANOS_PER_MILLI,
            10,
            1_000 * Now.NANOS_PER_MILLI,
            250 * Now.NANOS_PER_MILLI,
            4 * Now.NANOS_PER_MILLI,
            1 << 20,
            64 << 20,
            512 << 10,
            2 << 20,
            12 << 20,
            16 << 20,
            10_000,
            600_000,
            100_000,
            Session.IDLE_MILLIS);

    /** What a granter promises from the receipt of a request: L·(1+ρ)/(1−ρ), rounded up. */
    public long promiseNanos() {
        return leaseNanos / (1_000 - driftPerMille) * (1_000 + driftPerMille) + 1_000;
    }
}
