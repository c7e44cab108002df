package io.quorate.core.message;

import io.quorate.core.cluster.WorkerAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a worker tells the controller every HEARTBEAT_INTERVAL, and at once when something is wrong.
 *
 * @param worker the worker's id
 * @param cluster the cluster that stands on its disk, empty on a new one
 * @param disk the disk's UUID
 * @param incarnation raised and synced at each start, from 1
 * @param address where it is reached
 * @param zone placement keeps replicas in different zones; may be empty
 * @param draining it is about to stop and gives its leaderships away
 * @param writeQuorum what WRITE_QUORUM asks for, if it was set on this worker
 * @param wallMillis the worker's wall clock
 * @param mapVersion the version of the map that it has
 * @param quietMillis for so long beyond HEARTBEAT_INTERVAL it says nothing unless it has news; 0 while it works
 * @param sequence counts this incarnation's heartbeats, from 1
 * @param full {@code reports} has every partition held, so that one not named is not held
 * @param reports partitions that changed since the last heartbeat that was answered
 * @param unreachable workers whose peer port refuses connections
 * @param stalled partitions whose leader here has not reached its quorum for a second
 */
public record Heartbeat(
        String worker,
        Optional<UUID> cluster,
        UUID disk,
        long incarnation,
        WorkerAddress address,
        String zone,
        boolean draining,
        Optional<Integer> writeQuorum,
        long wallMillis,
        long mapVersion,
        long quietMillis,
        long sequence,
        boolean full,
        List<PartitionReport> reports,
        List<String> unreachable,
        List<Integer> stalled) {
    public Heartbeat {
        reports = List.copyOf(reports);
        unreachable = List.copyOf(unreachable);
        stalled = List.copyOf(stalled);
    }
}
