package io.quorate.simulation;

import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.replica.HeartbeatPace;
import io.quorate.core.replica.WorkerCore;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** A worker's heartbeats to the active controller: regular, at once when something is wrong, one under way. */
final class SimulatedHeartbeats {
    private static final long INTERVAL_MILLIS = 200;
    private static final long TIMEOUT_NANOS = 1_500 * Now.NANOS_PER_MILLI;

    private final SimulatedWorker worker;
    private final Simulation world;
    private final Timeline time;
    private final TreeSet<String> unreachable = new TreeSet<>();
    private Optional<UUID> cluster = Optional.empty();
    private HeartbeatPace pace = new HeartbeatPace(INTERVAL_MILLIS);
    private long life;
    private long sequence;
    private boolean full;
    private boolean underWay;
    private boolean again;

    SimulatedHeartbeats(SimulatedWorker worker, Simulation world) {
        this.worker = worker;
        this.world = world;
        this.time = world.time;
    }

    void begin() {
        life++;
        sequence = 0;
        full = true;
        pace = new HeartbeatPace(INTERVAL_MILLIS);
        underWay = false;
        unreachable.clear();
        regularly(life);
    }

    void end() {
        life++;
    }

    void forgetCluster() {
        cluster = Optional.empty();
    }

    private void regularly(long ofLife) {
        if (ofLife == life) {
            if (worker.core()
                    .filter(core -> pace.dueInMillis(core, worker.now()) <= INTERVAL_MILLIS / 2)
                    .isPresent()) {
                send();
            }
            time.after(INTERVAL_MILLIS * Now.NANOS_PER_MILLI, () -> regularly(ofLife));
        }
    }

    void now() {
        again = true;
        long ofLife = life;
        time.within(50, 500, () -> {
            if (ofLife == life && again) {
                send();
            }
        });
    }

    void refusedConnection(String other) {
        if (unreachable.add(other)) {
            now();
        }
    }

    void reached(String other) {
        unreachable.remove(other);
    }

    private void send() {
        Optional<SimulatedController> controller = world.controllers().active();
        if (underWay || controller.isEmpty() || worker.isPaused()) {
            return;
        }
        worker.core().ifPresent(core -> {
            underWay = true;
            again = false;
            Heartbeat heartbeat = heartbeat(core);
            long ofLife = life;
            long number = sequence;
            if (world.network.reaches(worker.id, controller.get().id)) {
                time.within(
                        100,
                        2_000,
                        () -> controller
                                .get()
                                .heartbeat(
                                        heartbeat,
                                        answer -> time.within(100, 2_000, () -> answered(ofLife, number, answer))));
            }
            time.after(TIMEOUT_NANOS, () -> givenUp(ofLife, number));
        });
    }

    private Heartbeat heartbeat(WorkerCore core) {
        sequence++;
        List<Integer> stalled = core.stalled(worker.now());
        boolean everything = full || core.fullReportDue();
        boolean calm = !everything && unreachable.isEmpty() && stalled.isEmpty();
        long quietMillis = pace.sent(core, calm, worker.now());
        return new Heartbeat(
                worker.id,
                cluster,
                worker.member().disk(),
                worker.incarnation(),
                new WorkerAddress("http://" + worker.id, worker.id + ":1"),
                "",
                false,
                Optional.empty(),
                worker.now().wallMillis(),
                core.map().version(),
                quietMillis,
                sequence,
                everything,
                everything ? core.fullReport() : core.takeReports(1_024),
                List.copyOf(unreachable),
                stalled);
    }

    private void answered(long ofLife, long number, HeartbeatAnswer answer) {
        if (ofLife != life || number != sequence || !underWay) {
            return;
        }
        underWay = false;
        full = true;
        switch (answer) {
            case HeartbeatAnswer.Heard heard -> {
                full = heard.fullReportWanted();
                cluster = Optional.of(heard.cluster());
                worker.registered();
                heard.map().ifPresent(worker::map);
            }
            case HeartbeatAnswer.NotActive _, HeartbeatAnswer.NotYet _ -> {}
            case HeartbeatAnswer.Refused refused -> refused(refused);
        }
        if (again) {
            send();
        }
    }

    /** One that comes back on another disk too soon is taken for a second one and tries again; an old copy is given up. */
    private void refused(HeartbeatAnswer.Refused refused) {
        switch (refused.kind()) {
            case DUPLICATE_ID -> {}
            case OLD_COPY -> worker.startsOver();
            case OTHER_CLUSTER, OTHER_SETTINGS ->
                throw new Violation(Promise.CORE_CHECK, worker.id + " was refused: " + refused);
        }
    }

    private void givenUp(long ofLife, long number) {
        if (ofLife == life && number == sequence && underWay) {
            underWay = false;
            full = true;
        }
    }
}
