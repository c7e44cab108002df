package io.quorate.simulation;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.Rules;
import io.quorate.core.replica.WorkerCore;
import io.quorate.core.replica.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run: a cluster, its clients, its faults and the checks, all decided by one seed. */
public final class Simulation {
    private static final int KEYS = 12;
    private static final int EQUALITY_LOOKS = 40;
    private static final long EQUALITY_PAUSE_NANOS = 250 * Now.NANOS_PER_MILLI;
    private static final long RETAINED_BYTES = 2_048;
    private static final long APPEND_BYTES = 300;

    final Timeline time;
    final SimulatedNetwork network;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Invariants invariants = new Invariants();
    private final Clients clients;
    private final SnapshotPieces pieces = new SnapshotPieces();
    private final SimulatedControllers controllers;
    private final Shape shape;
    private final Rules rules;
    private final long longestSyncMicros;
    private boolean diskLost;
    private @Nullable Faults faults;

    Simulation(long seed, Shape shape, Rules rules) {
        this.rules = rules;
        this.time = new Timeline(seed);
        this.network = new SimulatedNetwork(time);
        this.shape = shape;
        this.longestSyncMicros = time.chance(0.4) ? 15_000 : 1_500;
        this.clients = new Clients(this, shape.partitions(), KEYS);
        for (int i = 1; i <= shape.workers(); i++) {
            workers.add(new SimulatedWorker("w" + i, this, new UUID(seed, i)));
        }
        this.controllers = new SimulatedControllers(this, shape.controllers(), shape);
        workers.forEach(SimulatedWorker::start);
    }

    /** A shape that follows from a seed. */
    static Shape shapeOf(long seed) {
        int replicas = 1 + (int) Math.floorMod(seed, 5L);
        int writeQuorum = 1 + (int) Math.floorMod(seed / 5, (long) replicas);
        int spare = (int) Math.floorMod(seed / 3, 3L);
        return new Shape(replicas + spare, seed % 2 == 0 ? 1 : 3, 4, replicas, writeQuorum);
    }

    /**
     * How large a cluster is.
     *
     * @param workers their number
     * @param controllers their number
     * @param partitions PARTITIONS
     * @param replicas REPLICAS
     * @param writeQuorum WRITE_QUORUM
     */
    public record Shape(int workers, int controllers, int partitions, int replicas, int writeQuorum) {}

    SimulatedControllers controllers() {
        return controllers;
    }

    /** Little is retained, so that snapshots are needed often. */
    WorkerSettings workerSettings() {
        WorkerSettings standard = WorkerSettings.STANDARD;
        return new WorkerSettings(
                standard.leaseNanos(),
                standard.driftPerMille(),
                standard.stallNanos(),
                standard.resendNanos(),
                standard.commitNoticeNanos(),
                RETAINED_BYTES,
                APPEND_BYTES,
                standard.maxUncommittedBytes(),
                standard.maxWaiting());
    }

    /** A disk may be lost when another copy of every acknowledged write is certain. */
    boolean mayLoseDisk() {
        return shape.writeQuorum() > 1 && !diskLost;
    }

    void noteLostDisk() {
        diskLost = true;
    }

    /** Some seeds have slow disks. */
    long longestSyncMicros() {
        return longestSyncMicros;
    }

    Rules rules() {
        return rules;
    }

    List<SimulatedWorker> workers() {
        return workers;
    }

    SimulatedWorker worker(String id) {
        return workers.stream()
                .filter(worker -> worker.id.equals(id))
                .findFirst()
                .orElseThrow();
    }

    Invariants invariants() {
        return invariants;
    }

    Clients clients() {
        return clients;
    }

    SnapshotPieces pieces() {
        return pieces;
    }

    void afterTurn(SimulatedWorker worker, WorkerCore core) {
        invariants.check(worker, core);
    }

    /** Runs under faults, then without, and checks what must hold at the end. */
    Result run(long faultyNanos, long calmNanos) {
        operateRegularly(faultyNanos);
        Faults begun = new Faults(this, faultyNanos);
        faults = begun;
        begun.begin();
        time.runUntil(faultyNanos);
        begun.end();
        time.runUntil(faultyNanos + calmNanos / 2);
        int before = clients.applied();
        operateRegularly(faultyNanos + calmNanos * 3 / 4);
        time.runUntil(faultyNanos + calmNanos);
        if (clients.applied() - before < 5) {
            throw new Violation("without faults only " + (clients.applied() - before) + " writes succeeded");
        }
        awaitEqualReplicas();
        clients.checkRefused();
        return new Result(clients.applied(), clients.served(), time.happened(), begun.made());
    }

    int faultsMade() {
        Faults begun = faults;
        return begun == null ? 0 : begun.made();
    }

    private void operateRegularly(long untilNanos) {
        time.within(1_000, 30_000, () -> {
            if (time.nanos() < untilNanos) {
                clients.operate();
                operateRegularly(untilNanos);
            }
        });
    }

    /** The balancer may be moving something at any moment: within a while there is one at which all is equal. */
    private void awaitEqualReplicas() {
        for (int look = 1; look < EQUALITY_LOOKS; look++) {
            try {
                replicasAreEqual();
                return;
            } catch (Violation notYet) {
                time.runUntil(time.nanos() + EQUALITY_PAUSE_NANOS);
            }
        }
        replicasAreEqual();
    }

    private void replicasAreEqual() {
        ClusterMap map = controllers
                .active()
                .flatMap(SimulatedController::core)
                .orElseThrow()
                .map();
        for (int partition = 0; partition < shape.partitions(); partition++) {
            PartitionRoute route = map.route(partition).orElseThrow();
            List<LogPosition> applied = route.configuration().members().stream()
                    .map(member -> appliedBy(member, route.partition()))
                    .toList();
            if (applied.stream().distinct().count() != 1) {
                throw new Violation(
                        "partition %d: replicas differ after a calm time: %s %s".formatted(partition, route, applied));
            }
        }
    }

    private LogPosition appliedBy(Member member, int partition) {
        return worker(member.worker())
                .core()
                .flatMap(core -> core.inspect().stream()
                        .filter(replica -> replica.partition() == partition)
                        .findFirst())
                .map(Inspection::applied)
                .orElse(LogPosition.START);
    }

    /**
     * What a run did.
     *
     * @param applied writes acknowledged
     * @param served reads answered
     * @param events that happened
     * @param faults that were made
     */
    public record Result(int applied, int served, long events, int faults) {}
}
