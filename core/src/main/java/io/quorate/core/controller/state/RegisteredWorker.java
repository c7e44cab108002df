package io.quorate.core.controller.state;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import java.util.UUID;

/**
 * A worker as it registered last.
 *
 * @param id the worker's id
 * @param disk the disk that it votes with
 * @param incarnation the start of its process, counted on that disk
 * @param address where it is reached
 * @param zone placement keeps replicas in different zones; may be empty
 */
public record RegisteredWorker(String id, UUID disk, long incarnation, WorkerAddress address, String zone) {
    /** The member that it is on its present disk. */
    public Member member() {
        return new Member(id, disk);
    }
}
