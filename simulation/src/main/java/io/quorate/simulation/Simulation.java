package io.quorate.simulation;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.replica.Inspection;
import io.quorate.core.replica.WorkerCore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One run: a cluster, its clients, its faults and the checks, all decided by one seed. */
public final class Simulation {
    private static final int PARTITIONS = 4;
    private static final int KEYS = 12;
    private static final long REPORT_NANOS = 50 * Now.NANOS_PER_MILLI;

    final Timeline time;
    final SimulatedNetwork network;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Invariants invariants = new Invariants();
    private final Clients clients;
    private final SnapshotPieces pieces = new SnapshotPieces();
    private final ScriptedController controller;

    Simulation(long seed, int replicas, int writeQuorum) {
        this.time = new Timeline(seed);
        this.network = new SimulatedNetwork(time);
        this.clients = new Clients(this, PARTITIONS, KEYS);
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= replicas; i++) {
            SimulatedWorker worker = new SimulatedWorker("w" + i, this, new UUID(seed, i));
            workers.add(worker);
            members.add(worker.member());
        }
        this.controller = new ScriptedController(this, PARTITIONS, new Configuration(members, writeQuorum));
        workers.forEach(SimulatedWorker::start);
        reportRegularly();
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

    void started(SimulatedWorker worker) {}

    void afterTurn(SimulatedWorker worker, WorkerCore core) {
        invariants.check(worker, core);
    }

    void reportSoon(SimulatedWorker worker) {
        time.within(100, 1_000, () -> report(worker));
    }

    private void report(SimulatedWorker worker) {
        worker.core().ifPresent(core -> controller.report(worker, core.fullReport()));
    }

    private void reportRegularly() {
        workers.forEach(this::report);
        time.after(REPORT_NANOS, this::reportRegularly);
    }

    /** Runs under faults, then without, and checks what must hold at the end. */
    Result run(long faultyNanos, long calmNanos) {
        operateRegularly(faultyNanos);
        Faults faults = new Faults(this, faultyNanos);
        faults.begin();
        time.runUntil(faultyNanos);
        faults.end();
        time.runUntil(faultyNanos + calmNanos / 2);
        int before = clients.applied();
        operateRegularly(faultyNanos + calmNanos * 3 / 4);
        time.runUntil(faultyNanos + calmNanos);
        if (clients.applied() - before < 5) {
            throw new Violation("without faults only " + (clients.applied() - before) + " writes succeeded");
        }
        replicasAreEqual();
        clients.checkRefused();
        return new Result(clients.applied(), clients.served(), time.happened(), faults.made());
    }

    private void operateRegularly(long untilNanos) {
        time.within(1_000, 30_000, () -> {
            if (time.nanos() < untilNanos) {
                clients.operate();
                operateRegularly(untilNanos);
            }
        });
    }

    private void replicasAreEqual() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int number = partition;
            long distinct = workers.stream()
                    .flatMap(worker -> worker.core().stream())
                    .flatMap(core -> core.inspect().stream())
                    .filter(replica -> replica.partition() == number)
                    .map(Inspection::applied)
                    .distinct()
                    .count();
            if (distinct != 1) {
                throw new Violation("partition " + partition + ": replicas differ after a calm time");
            }
        }
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
