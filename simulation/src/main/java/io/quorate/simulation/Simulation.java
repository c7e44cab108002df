package io.quorate.simulation;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.controller.FenceRule;
import io.quorate.core.controller.state.KeptConfiguration;
import io.quorate.core.controller.state.PartitionState;
import io.quorate.core.log.LogRecord;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.Rules;
import io.quorate.core.replica.WorkerCore;
import io.quorate.core.replica.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run: a cluster, its clients, its faults and the checks, all decided by one seed. */
public final class Simulation {
    private static final int EQUALITY_LOOKS = 40;
    private static final long EQUALITY_PAUSE_NANOS = 250 * Now.NANOS_PER_MILLI;
    private static final long RETAINED_BYTES = 2_048;
    private static final long TRANSFER_BYTES = 24_000;
    private static final long APPEND_BYTES = 300;
    private static final long ONE_ENTRY_BYTES = 1;
    private static final long IN_FLIGHT_BYTES = 1_500;
    private static final long BACKLOG_BYTES = 3_000;
    private static final int MOST_FURTHER_WORKERS = 2;
    private static final long IDEMPOTENCY_MILLIS = 60_000;
    private static final int FEW_REMEMBERED = 30;
    private static final long SESSION_IDLE_MILLIS = 4_000;
    private static final long[] LONGEST_CALL_PAUSES_MICROS = {40_000, 100_000, 250_000};

    final Timeline time;
    final SimulatedNetwork network;
    private final long seed;
    private final Shape shape;
    private final FaultPlan plan;
    private final Optional<Plant> plant;
    private final Rules rules;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Coverage coverage = new Coverage();
    private final Invariants invariants;
    private final Durability durability = new Durability(this);
    private final Clients clients;
    private final SnapshotPieces pieces = new SnapshotPieces();
    private final SimulatedControllers controllers;
    private final long longestSyncMicros;
    private final int mostRemembered;
    private final long appendBytes;
    private final long longestCallPauseMicros;
    private @Nullable Faults faults;

    Simulation(long seed, Shape shape, FaultPlan plan, Optional<Plant> plant) {
        this.seed = seed;
        this.shape = shape;
        this.plan = plan;
        this.plant = plant;
        this.rules = plant.map(Plant::rules).orElse(Rules.STANDARD);
        this.time = new Timeline(seed);
        this.network = new SimulatedNetwork(time);
        this.longestSyncMicros = time.chance(0.3) ? 15_000 : 1_500;
        this.longestCallPauseMicros =
                LONGEST_CALL_PAUSES_MICROS[time.random().nextInt(LONGEST_CALL_PAUSES_MICROS.length)];
        this.mostRemembered = time.chance(0.2) ? FEW_REMEMBERED : WorkerSettings.STANDARD.maxRemembered();
        this.appendBytes = time.chance(0.3) ? ONE_ENTRY_BYTES : APPEND_BYTES;
        this.invariants = new Invariants(this, shape.partitions());
        this.clients = new Clients(this, shape.partitions());
        for (int i = 1; i <= shape.workers(); i++) {
            workers.add(newWorker(i));
        }
        this.controllers = new SimulatedControllers(this, shape.controllers(), shape);
        workers.forEach(SimulatedWorker::start);
    }

    private SimulatedWorker newWorker(int number) {
        SimulatedWorker worker = new SimulatedWorker("w" + number, this, new UUID(seed, number));
        if (plan.drift()) {
            worker.clock.drift(time.random().nextLong(-SimulatedClock.MAX_DRIFT_PPM, SimulatedClock.MAX_DRIFT_PPM + 1));
        }
        return worker;
    }

    /**
     * How large a cluster is.
     *
     * @param workers their number at the beginning
     * @param controllers their number
     * @param partitions PARTITIONS
     * @param replicas REPLICAS at the beginning
     * @param writeQuorum WRITE_QUORUM at the beginning
     */
    public record Shape(int workers, int controllers, int partitions, int replicas, int writeQuorum) {
        private static final int LEAST_WORKERS = 4;

        /** A shape that follows from a seed. */
        static Shape of(long seed) {
            int replicas = 1 + (int) Math.floorMod(seed, 5L);
            int writeQuorum = 1 + (int) Math.floorMod(seed / 5, (long) replicas);
            int spare = (int) Math.floorMod(seed / 3, 3L);
            int controllers = Math.floorMod(seed, 2L) == 0 ? 1 : 3;
            return new Shape(Math.max(LEAST_WORKERS, replicas + spare), controllers, 4, replicas, writeQuorum);
        }
    }

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
                TRANSFER_BYTES,
                appendBytes,
                IN_FLIGHT_BYTES,
                BACKLOG_BYTES,
                standard.maxUncommittedBytes(),
                standard.maxWaiting(),
                IDEMPOTENCY_MILLIS,
                mostRemembered,
                SESSION_IDLE_MILLIS);
    }

    /** Some seeds have slow disks everywhere. */
    long longestSyncMicros() {
        return longestSyncMicros;
    }

    Rules rules() {
        return rules;
    }

    FenceRule fenceRule() {
        return plant.map(Plant::fence).orElse(FenceRule.STANDARD);
    }

    boolean isPlanted(Plant wrong) {
        return plant.filter(wrong::equals).isPresent();
    }

    /** Whether a start takes notice of a record of the log. */
    boolean recovers(LogRecord record) {
        return !(record instanceof LogRecord.TermRaised) || !isPlanted(Plant.FORGET_TERM_AT_RESTART);
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

    /** A further worker joins, unless there are enough. */
    void join() {
        if (workers.size() < shape.workers() + MOST_FURTHER_WORKERS) {
            SimulatedWorker worker = newWorker(workers.size() + 1);
            workers.add(worker);
            worker.start();
        }
    }

    UUID newDisk() {
        return new UUID(time.random().nextLong(), time.random().nextLong());
    }

    /**
     * Whether a worker may lose its disk: every configuration that it is in has another copy of each acknowledged write
     * by its W, and no other disk has been lost since that was so.
     */
    boolean mayLoseDisk(SimulatedWorker worker) {
        return controllers.decided().partitions().values().stream()
                .allMatch(partition -> configurations(partition)
                        .filter(each -> each.contains(worker.member()))
                        .allMatch(each -> each.writeQuorum() > 1
                                && each.members().stream().allMatch(this::isThere)));
    }

    private static Stream<Configuration> configurations(PartitionState partition) {
        return Stream.concat(
                Stream.of(partition.configuration()), partition.kept().stream().map(KeptConfiguration::configuration));
    }

    private boolean isThere(Member member) {
        return worker(member.worker()).runsOn(member);
    }

    Invariants invariants() {
        return invariants;
    }

    Durability durability() {
        return durability;
    }

    Coverage coverage() {
        return coverage;
    }

    Clients clients() {
        return clients;
    }

    SnapshotPieces pieces() {
        return pieces;
    }

    void afterTurn(SimulatedWorker worker, WorkerCore core) {
        invariants.check(worker, core);
        if (faults != null) {
            faults.afterTurn(worker, core);
        }
    }

    void afterDecision() {
        if (faults != null) {
            faults.afterDecision();
        }
    }

    /** Runs under faults, then without, and checks what must hold at the end. */
    void run(long faultyNanos, long calmNanos) {
        operateRegularly(faultyNanos, false);
        Faults made = new Faults(this, plan);
        faults = made;
        made.begin();
        time.runUntil(faultyNanos);
        made.end();
        time.runUntil(faultyNanos + calmNanos / 2);
        operateRegularly(faultyNanos + calmNanos * 3 / 4, true);
        time.runUntil(faultyNanos + calmNanos);
        awaitEqualReplicas();
        clients.awaitWatches();
        durability.checkAll();
        clients.check();
    }

    private void operateRegularly(long untilNanos, boolean calm) {
        time.within(1_000, longestCallPauseMicros, () -> {
            if (time.nanos() < untilNanos) {
                clients.operate(calm);
                operateRegularly(untilNanos, calm);
            }
        });
    }

    /** The balancer may be moving something at any moment: within a while there is one at which all is equal. */
    void awaitEqualReplicas() {
        Optional<String> difference = difference();
        for (int look = 1; look < EQUALITY_LOOKS && difference.isPresent(); look++) {
            time.runUntil(time.nanos() + EQUALITY_PAUSE_NANOS);
            difference = difference();
        }
        difference.ifPresent(words -> {
            throw new Violation(Promise.REPLICAS_BECOME_EQUAL, words);
        });
    }

    private Optional<String> difference() {
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
                return Optional.of(
                        "partition %d: replicas differ after a calm time: %s %s".formatted(partition, route, applied));
            }
        }
        return Optional.empty();
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
}
